package io.belfry.server.auth;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.belfry.query.layout.Layout;
import io.belfry.store.Store;
import io.belfry.store.Transaction;
import io.belfry.store.id.IdSource;
import io.belfry.store.rows.ROLEACTION;
import io.belfry.store.rows.UserEdit;
import io.belfry.store.rows.UserRole;
import io.belfry.store.rows.UserRoleNextEdit;
import io.belfry.store.rows.UserRolePlatform;
import io.belfry.store.rows.UserRolePreset;
import io.belfry.store.rows.UserRow;
import io.belfry.store.rows.UserSource;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// Users that log in with a password that Belfry keeps.
public final class Accounts {
  private static final String ROOT = "root";

  private final Store store;
  private final IdSource ids;
  private final Clock clock;
  private final Passwords passwords;

  Accounts(Store store, IdSource ids, Clock clock, Passwords passwords) {
    this.store = store;
    this.ids = ids;
    this.clock = clock;
    this.passwords = passwords;
  }

  /// A user and the hash of the password.
  record Account(String userId, String username, String passwordHash) {}

  /// Creates the user root, who may do everything.
  ///
  /// @return root's id, or nothing if there are users already
  public Optional<String> createRoot(String password) {
    var hash = passwords.hash(password);
    return store.write(transaction -> {
      lock(transaction);
      return exist(transaction) ? Optional.empty() : Optional.of(addRoot(transaction, hash));
    });
  }

  /// Creates the user root with a password that is chosen only if there are no users, while nobody
  /// else can create one.
  ///
  /// @param choice may be asked twice; then the second counts
  /// @return what was chosen, or nothing if there are users already
  public <P> Optional<P> createRoot(Supplier<P> choice, Function<P, String> password) {
    return store.write(transaction -> {
      lock(transaction);
      if (exist(transaction)) {
        return Optional.empty();
      }
      var chosen = choice.get();
      addRoot(transaction, passwords.hash(password.apply(chosen)));
      return Optional.of(chosen);
    });
  }

  private static void lock(Transaction transaction) {
    transaction.execute("LOCK TABLE belfry.credential IN EXCLUSIVE MODE", List.of());
  }

  /// The local user with this name.
  Optional<Account> find(String username) {
    var users = Layout.qualified(store.layout().table("User").name());
    return store
        .query(
            """
            SELECT u.id, u.username, c.password_hash
            FROM %s u
            JOIN belfry.credential c ON c.user_id = u.id
            WHERE u.username = ?
            AND u.source = 'LOCAL'
            """
                .formatted(users),
            List.of(username),
            row -> new Account(row.text(1), row.text(2), row.text(3)))
        .stream()
        .findFirst();
  }

  private static boolean exist(Transaction transaction) {
    return !transaction
        .query("SELECT user_id FROM belfry.credential LIMIT 1", List.of(), row -> row.text(1))
        .isEmpty();
  }

  private String addRoot(Transaction transaction, String hash) {
    var id = ids.cuid();
    transaction.insert(
        UserEdit.edit()
            .id(id)
            .username(ROOT)
            .displayUsername(ROOT)
            .name(ROOT)
            .source(UserSource.LOCAL)
            .role(UserRole.ROOT)
            .internal(false)
            .passwordExpired(false)
            .passwordUpdatedAt(clock.instant()));
    transaction.link(UserRow.TYPE, "roles", id, List.of(rootRole(transaction)));
    transaction.execute(
        "INSERT INTO belfry.credential (user_id, password_hash) VALUES (?, ?)", List.of(id, hash));
    return id;
  }

  private String rootRole(Transaction transaction) {
    var roles = Layout.qualified(store.layout().table("UserRoleNext").name());
    return transaction
        .query(
            "SELECT id FROM %s WHERE preset = 'ROOT' ORDER BY id LIMIT 1".formatted(roles),
            List.of(),
            row -> row.text(1))
        .stream()
        .findFirst()
        .orElseGet(() -> addRootRole(transaction));
  }

  private String addRootRole(Transaction transaction) {
    var id = ids.cuid();
    transaction.insert(
        UserRoleNextEdit.edit()
            .id(id)
            .name("Root")
            .platform(UserRolePlatform.MANAGEMENT)
            .preset(UserRolePreset.ROOT)
            .actions(JsonNodeFactory.instance.arrayNode().add(ROLEACTION.ANY.wire())));
    return id;
  }
}
