package io.belfry.server.auth;

import io.belfry.operations.user.Credentials;
import io.belfry.store.Transaction;
import java.util.List;

/// The passwords and tokens of users, for the operations that change users. Other servers know a
/// token that has ended for some seconds more, see [Tokens].
record StoredCredentials(Passwords passwords, Tokens tokens) implements Credentials {
  @Override
  public void set(Transaction transaction, String userId, String password) {
    transaction.execute(
        """
        INSERT INTO belfry.credential (user_id, password_hash) VALUES (?, ?)
        ON CONFLICT (user_id)
        DO UPDATE SET password_hash = excluded.password_hash, updated_at = now()
        """,
        List.of(userId, passwords.hash(password)));
  }

  @Override
  public void endSessions(Transaction transaction, String userId) {
    tokens.endSessions(transaction, userId);
  }

  @Override
  public void remove(Transaction transaction, String userId) {
    transaction.execute("DELETE FROM belfry.credential WHERE user_id = ?", List.of(userId));
  }
}
