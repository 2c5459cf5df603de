package io.belfry.server.auth;

import io.belfry.store.Store;
import io.belfry.store.Transaction;
import io.belfry.store.rows.UserEdit;
import io.belfry.store.rows.UserRow;
import io.belfry.store.rows.UserSource;
import java.security.SecureRandom;
import java.util.List;

/// Users of a server under test, besides root.
public final class TestAccounts {
  private TestAccounts() {}

  /// Adds a user who has the role with this preset.
  public static void add(Store store, String username, String password, String preset) {
    var hash = new Passwords(PasswordHashing.EPHEMERAL, new SecureRandom(), 1).hash(password);
    store.change(transaction -> {
      transaction.insert(
          UserEdit.edit()
              .id(username)
              .username(username)
              .name(username)
              .source(UserSource.LOCAL)
              .internal(false));
      transaction.link(UserRow.TYPE, "roles", username, roles(transaction, preset));
      transaction.execute(
          "INSERT INTO belfry.credential (user_id, password_hash) VALUES (?, ?)",
          List.of(username, hash));
    });
  }

  /// Takes the role with this preset from a user.
  public static void takeRole(Store store, String username, String preset) {
    store.change(transaction ->
        transaction.unlink(UserRow.TYPE, "roles", username, roles(transaction, preset)));
  }

  private static List<String> roles(Transaction transaction, String preset) {
    return transaction.query(
        "SELECT id FROM tower.user_role_next WHERE preset = ?",
        List.of(preset),
        row -> row.text(1));
  }
}
