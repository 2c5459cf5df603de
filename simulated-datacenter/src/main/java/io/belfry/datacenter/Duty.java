package io.belfry.datacenter;

import io.belfry.store.Store;
import java.time.Duration;
import java.util.List;

/// Something that one server does for all that share a database. Who has the duty keeps it by
/// taking it again; when it says nothing for a term, another gets it.
///
/// No lock: two may hold it for a moment, when one falls silent and comes back. So what is done
/// under it must bear being done twice.
final class Duty {
  private final Store store;
  private final String name;
  private final String owner;
  private final Duration term;

  /// @param owner names this server; unique among all
  Duty(Store store, String name, String owner, Duration term) {
    this.store = store;
    this.name = name;
    this.owner = owner;
    this.term = term;
  }

  /// Whether this server has the duty for the next term.
  boolean take() {
    return store.write(transaction ->
        transaction.execute(
            """
            INSERT INTO belfry.duty (name, owner, until)
            VALUES (?, ?, now() + ? * INTERVAL '1 millisecond')
            ON CONFLICT (name) DO UPDATE
            SET owner = excluded.owner, until = excluded.until
            WHERE duty.owner = excluded.owner
              OR duty.until < now()
            """,
            List.of(name, owner, term.toMillis())))
        == 1;
  }

  /// Lets another have it at once.
  void giveUp() {
    store.change(transaction ->
        transaction.execute(
            "DELETE FROM belfry.duty WHERE name = ? AND owner = ?", List.of(name, owner)));
  }
}
