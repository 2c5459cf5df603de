package io.belfry.operations.user;

import io.belfry.store.Transaction;

/// What users log in with. Thread-safe.
public interface Credentials {
  /// The longest password.
  int MAX_LENGTH = 1_024;

  /// Lets a user log in with this password from now on, and with no other.
  void set(Transaction transaction, String userId, String password);

  /// Ends all sessions of a user.
  void endSessions(Transaction transaction, String userId);

  /// Lets a user never log in again.
  void remove(Transaction transaction, String userId);
}
