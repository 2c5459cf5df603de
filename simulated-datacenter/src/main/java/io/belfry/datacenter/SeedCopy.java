package io.belfry.datacenter;

import static java.util.Objects.requireNonNull;

import io.belfry.datacenter.SeedTable.Difference;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.store.Store;
import io.belfry.store.Transaction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The rows that a simulated data centre began with, kept in the same database, and the way back to
/// them (docs/adr/0016-back-to-the-seed.md). Thread-safe.
///
/// Going back looks only at tables in which something has changed since the rows were last as in
/// the copy. The revision log knows which, whoever changed it; what it doesn't tell, measurements
/// and pairs that went with their objects, is looked at in any case.
public final class SeedCopy {
  /// The largest data centre that is copied, as a copy takes as much space as the rows.
  public static final int LARGEST_VMS = 2_000;

  private final Store store;
  private final List<SeedTable> tables;
  private volatile @Nullable Moment clean;

  public SeedCopy(Store store) {
    this.store = store;
    this.tables = SeedTable.of(store.layout());
  }

  /// When rows were as in the copy.
  ///
  /// @param revision all changes up to it were seen
  /// @param transaction the number of the one that made them so, whose changes are none
  private record Moment(long revision, String transaction) {
    /// This moment; to be asked before the transaction changes anything.
    static Moment now(Transaction transaction) {
      return transaction
          .query(
              "SELECT belfry.stable_revision(), pg_current_xact_id()::xid::text",
              List.of(),
              row -> new Moment(row.longValue(1), row.text(2)))
          .getFirst();
    }
  }

  /// Whether a data centre of this size is copied.
  public static boolean isTaken(SimulationSize size) {
    return size.vms() <= LARGEST_VMS;
  }

  /// Copies all rows, once: a copy that is there stays.
  public void take() {
    clean =
        store.write(transaction -> {
          var now = Moment.now(transaction);
          if (copied(transaction).isEmpty()) {
            copy(transaction);
          }
          return now;
        });
  }

  private void copy(Transaction transaction) {
    var filled = filled(transaction);
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

  private List<SeedTable> filled(Transaction transaction) {
    var places = tables.stream().map(SeedTable::place).toList();
    var filled = FilledTables.among(places, transaction);
    return tables.stream().filter(table -> filled.contains(table.place())).toList();
  }

  /// Those tables whose rows are not as in the copy, asked for all at once.
  private static List<Difference> differences(
      Transaction transaction, List<SeedTable> tables, Set<String> copied) {
    var byName = tables.stream().collect(Collectors.toMap(SeedTable::name, Function.identity()));
    var question =
        tables.stream()
            .map(table -> table.difference(copied.contains(table.name())))
            .collect(Collectors.joining(" UNION ALL "));
    return transaction.query(
        question,
        List.of(),
        row ->
            new Difference(
                requireNonNull(byName.get(row.text(1))),
                row.booleanValue(2),
                row.booleanValue(3),
                row.booleanValue(4)));
  }

  /// Makes all rows what they were in the beginning, by as few changes as that takes. They are
  /// changes as any others: the revision log has them.
  ///
  /// @return how many rows were added, changed or removed
  /// @throws io.belfry.problem.ProblemException if there is no copy
  public long restore(Transaction transaction) {
    var now = Moment.now(transaction);
    var copied = copied(transaction);
    if (copied.isEmpty()) {
      throw noCopy();
    }
    var differences = differences(transaction, touched(transaction), copied);
    var rows = transaction.executeAll(wayBack(differences, copied));
    transaction.afterCommit(() -> clean = now);
    return rows;
  }

  /// Rows are removed last: by then nothing that stays refers to them any more.
  private static List<String> wayBack(List<Difference> differences, Set<String> copied) {
    var statements = new ArrayList<String>();
    for (var difference : differences) {
      if (difference.changed()) {
        statements.add(difference.table().changeBack());
      }
      if (difference.missing()) {
        statements.add(difference.table().bringBack());
      }
    }
    for (var difference : differences) {
      if (difference.extra()) {
        var table = difference.table();
        statements.add(table.remove(copied.contains(table.name())));
      }
    }
    return statements;
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
                + " of up to %,d VMs, and belongs to the version of Belfry that made them. Start"
                    .formatted(LARGEST_VMS)
                + " with an empty data folder and a size such as small.")
        .asException();
  }

  /// The tables in which rows may differ from the copy.
  private List<SeedTable> touched(Transaction transaction) {
    var since = clean;
    if (since == null || isCompacted(transaction, since)) {
      return tables;
    }
    var changed =
        new HashSet<>(
            transaction.query(
                """
                SELECT DISTINCT entity
                FROM belfry.change
                WHERE revision > ?
                  AND xmin::text <> ?
                """,
                List.of(since.revision(), since.transaction()),
                row -> row.text(1)));
    return tables.stream().filter(table -> table.mayHaveChangedWith(changed)).toList();
  }

  private static boolean isCompacted(Transaction transaction, Moment since) {
    return transaction
        .query(
            """
            SELECT value::bigint > ?
            FROM belfry.setting
            WHERE key = 'compact_revision'
            """,
            List.of(since.revision()),
            row -> row.booleanValue(1))
        .getFirst();
  }
}
