package io.belfry.sdk;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// As whom a client calls: the token of now, and how to get another one when the server doesn't
/// accept it any more. Thread-safe; clients that come from one another share it.
final class Session {
  private final @Nullable Supplier<String> login;
  private @Nullable String token;
  private @Nullable CompletableFuture<String> renewal;

  private Session(@Nullable String token, @Nullable Supplier<String> login) {
    this.token = token;
    this.login = login;
  }

  /// Somebody who is not logged in.
  static Session anonymous() {
    return new Session(null, null);
  }

  /// Somebody with a token that can't be renewed.
  static Session of(@Nullable String token) {
    return new Session(token, null);
  }

  /// Somebody who can log in again.
  ///
  /// @param login gets another token, and may block
  static Session renewable(String token, Supplier<String> login) {
    return new Session(token, login);
  }

  synchronized @Nullable String token() {
    return token;
  }

  boolean canRenew() {
    return login != null;
  }

  /// Gets another token. However many calls find the token expired at once, one logs in.
  ///
  /// @param refused the token that the server didn't accept
  /// @return the token to go on with; fails as logging in does
  synchronized CompletableFuture<String> renew(@Nullable String refused) {
    if (token != null && !Objects.equals(token, refused)) {
      return CompletableFuture.completedFuture(token);
    }
    if (renewal == null) {
      var begun = CompletableFuture.supplyAsync(Objects.requireNonNull(login));
      renewal = begun.whenComplete((fresh, failed) -> renewed(fresh));
    }
    return renewal.copy();
  }

  private synchronized void renewed(@Nullable String fresh) {
    renewal = null;
    if (fresh != null) {
      token = fresh;
    }
  }
}
