package io.belfry.sdk;

import io.belfry.sdk.model.UserSource;

/// Who calls.
public sealed interface Credentials {
  /// A user that the server itself knows.
  static Credentials local(String username, String password) {
    return new Password(username, password, UserSource.LOCAL);
  }

  /// A user of the directory that the server is connected to.
  static Credentials ldap(String username, String password) {
    return new Password(username, password, UserSource.LDAP);
  }

  /// A token from an earlier login, or an API key.
  static Credentials token(String token) {
    return new Token(token);
  }

  /// A user with a password.
  ///
  /// @param source where the user is known
  record Password(String username, String password, UserSource source) implements Credentials {
    /// Without the password.
    @Override
    public String toString() {
      return "Password[%s, %s]".formatted(username, source);
    }
  }

  /// What a login would give.
  record Token(String value) implements Credentials {
    /// Without the token.
    @Override
    public String toString() {
      return "Token[…]";
    }
  }
}
