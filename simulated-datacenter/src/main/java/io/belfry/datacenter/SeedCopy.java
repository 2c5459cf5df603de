package io.belfry.datacenter;

import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.store.Store;
import io.belfry.store.Transaction;
import io.belfry.store.log.RevisionLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rows that a simulated data centre began with, kept in the same database, and the way back to
/// them (docs/adr/0016-back-to-the-seed.md). Thread-safe.
///
/// Going back looks only at rows that have changed since they were last as in the copy. The
/// revision log knows which, whoever changed them, as it begins anew each time; tables of which it
/// doesn't tell all are compared in any case.
public final class SeedCopy {
  /// The largest data centre that is copied, as a copy takes as much space as the rows.
  public static final int LARGEST_VMS = 2_000;

  private final Store store;
  private volatile @Nullable SeedDifferences lastSearch;

  public SeedCopy(Store store) {
    this.store = store;
  }

  /// Whether a data centre of this size is copied.
  public static boolean isTaken(SimulationSize size) {
    return size.vms() <= LARGEST_VMS;
  }

  /// Copies all rows, once: a copy that is there stays.
  public void take() {
    store.change(transaction -> {
      if (copied(transaction).isEmpty()) {
        transaction.executeSoon("DELETE FROM belfry.change", List.of());
        beginLogAnew(transaction);
        copy(transaction);
      }
    });
  }

  /// Leaves out of the log what follows, and remembers that it tells everything from here on.
  private static void beginLogAnew(Transaction transaction) {
    RevisionLog.leaveOut(transaction);
    transaction.executeSoon(
        """
        INSERT INTO belfry.setting (key, value)
        SELECT 'seed_reached', value
        FROM belfry.setting
        WHERE key = 'compact_revision'
        ON CONFLICT (key) DO UPDATE
        SET value = excluded.value
        """,
        List.of());
  }

  private void copy(Transaction transaction) {
    var tables = SeedTable.of(store.layout(), Set.of());
    var places = FilledTables.among(tables.stream().map(SeedTable::place).toList(), transaction);
    var filled = tables.stream().filter(table -> places.contains(table.place())).toList();
    var script = new ArrayList<String>();
    script.add("CREATE SCHEMA " + SeedTable.NAMESPACE);
    filled.stream().map(SeedTable::copy).forEach(script::add);
    transaction.execute(String.join(";\n", script), List.of());
    transaction.execute(
        """
        INSERT INTO belfry.setting (key, value)
        SELECT 'seed_copy', jsonb_build_object('tables', value, 'copied', to_jsonb(?::text[]))
        FROM belfry.setting
        WHERE key = 'tables'
        """,
        List.of(filled.stream().map(SeedTable::name).toList()));
  }

  /// Makes all rows what they were in the beginning, by as few changes as that takes. The revision
  /// log begins anew after them.
  ///
  /// @return how many rows were added, changed or removed
  /// @throws io.belfry.problem.ProblemException if there is no copy
  public int restore(Transaction transaction) {
    var state = State.of(transaction);
    var search = search(transaction, state);
    var differences = state.isTold() ? search.told(transaction) : search.all(transaction);
    beginLogAnew(transaction);
    var rows = SeedDifference.undo(differences, transaction);
    transaction.afterCommit(() -> lastSearch = search);
    return rows;
  }

  /// What the settings say. Nobody else shortens the log from here on.
  ///
  /// @param isTold whether the log tells all that has changed since rows were as in the copy
  /// @param version another one whenever the tables or their copies may be others
  private record State(boolean isTold, String version) {
    static State of(Transaction transaction) {
      return transaction
          .query(
              """
              SELECT
                value::bigint,
                (SELECT value::bigint FROM belfry.setting WHERE key = 'seed_reached'),
                (SELECT string_agg(xmin::text, ' ' ORDER BY key)
                  FROM belfry.setting
                  WHERE key IN ('tables', 'seed_copy'))
              FROM belfry.setting
              WHERE key = 'compact_revision'
              FOR UPDATE
              """,
              List.of(),
              row -> new State(row.longValue(1) == row.longValue(2), row.text(3)))
          .getFirst();
    }
  }

  /// The last search, if the tables and their copies are still the same.
  private SeedDifferences search(Transaction transaction, State state) {
    var last = lastSearch;
    if (last != null && last.version().equals(state.version())) {
      return last;
    }
    var copied = copied(transaction);
    if (copied.isEmpty()) {
      throw noCopy();
    }
    return new SeedDifferences(state.version(), SeedTable.of(store.layout(), copied));
  }

  /// The names of tables that are in the copy, if it was made by a build with the same tables.
  private static Set<String> copied(Transaction transaction) {
    return Set.copyOf(
        transaction.query(
            """
            SELECT jsonb_array_elements_text(copy.value -> 'copied')
            FROM belfry.setting AS copy
            JOIN belfry.setting AS tables ON tables.value = copy.value -> 'tables'
            WHERE copy.key = 'seed_copy'
              AND tables.key = 'tables'
            """,
            List.of(),
            row -> row.text(1)));
  }

  private static RuntimeException noCopy() {
    return new Problem(
            ProblemCode.PRECONDITION,
            "There is no copy of the beginning to go back to: it is kept of simulated data centres"
                + String.format(
                    Locale.ROOT,
                    " of up to %,d VMs, and belongs to the version of Belfry that made them. Start",
                    LARGEST_VMS)
                + " with an empty data folder and a size such as small.")
        .asException();
  }
}
