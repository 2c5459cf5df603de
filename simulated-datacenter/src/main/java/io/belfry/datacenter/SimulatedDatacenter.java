package io.belfry.datacenter;

import io.belfry.hypervisor.simulator.Inventory;
import io.belfry.hypervisor.simulator.SimulatedHypervisor;
import io.belfry.query.layout.JoinTable;
import io.belfry.query.layout.Layout;
import io.belfry.query.layout.Table;
import io.belfry.store.Store;
import io.belfry.store.Transaction;
import io.belfry.store.id.RandomIds;
import io.belfry.store.log.RevisionLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The simulated data centre, in a store. The same seed, size and time make the same rows.
public final class SimulatedDatacenter {
  /// How long ago the first cluster was connected.
  private static final Duration AGE = Duration.ofDays(400);

  /// The advisory lock of who fills a store: "seed" in ASCII.
  private static final long FILLING = 0x73656564L;

  private SimulatedDatacenter() {}

  /// Fills a store that has no organisation yet, in one transaction: all of it is there afterwards
  /// or, if something goes wrong, nothing is. Rows that [#keep] has made count as made now.
  ///
  /// @return whether there was anything to do
  public static boolean load(Store store, SimulationSize size, long seed, Clock clock) {
    return store.write(transaction -> {
      lock(transaction);
      var now = now(clock);
      if (isFilled(transaction)) {
        return KeptRows.bringUpTo(now, transaction, store.layout());
      }
      fill(transaction, size, seed, now);
      analyze(transaction, store.layout());
      return true;
    });
  }

  /// Fills a new store, for copies of it that are to be loaded later.
  public static void keep(Store store, SimulationSize size, long seed, Clock clock) {
    store.change(transaction -> {
      var now = now(clock);
      fill(transaction, size, seed, now);
      analyze(transaction, store.layout());
      KeptRows.note(transaction, now);
    });
  }

  /// As exactly as the API tells times.
  private static Instant now(Clock clock) {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private static void fill(Transaction transaction, SimulationSize size, long seed, Instant now) {
    RevisionLog.leaveOut(transaction);
    new Content(construction(transaction, seed, now), size).add();
  }

  /// Tells a simulator what the rows say exists. Only for one that has no [StoredWorld], which does
  /// the same; to be called before anybody uses the simulator.
  public static void restore(Store store, SimulatedHypervisor simulator) {
    store.read(transaction -> {
      inventories(transaction, simulator::restore);
      return true;
    });
  }

  /// Tells what the rows say exists, one cluster after the other.
  static void inventories(Transaction transaction, Consumer<Inventory> listener) {
    clusters(transaction).forEach(cluster -> listener.accept(cluster.inventory()));
  }

  private static List<RecordedCluster> clusters(Transaction transaction) {
    return transaction.query(
        "SELECT id, coalesce(local_id, id) FROM tower.cluster ORDER BY id",
        List.of(),
        row -> new RecordedCluster(transaction, row.text(1), row.text(2)));
  }

  /// Lets servers that start at the same time fill the store one after the other.
  private static void lock(Transaction transaction) {
    transaction.query("SELECT pg_advisory_xact_lock(?)", List.of(FILLING), _ -> true);
  }

  private static boolean isFilled(Transaction transaction) {
    return !transaction
        .query("SELECT id FROM tower.organization LIMIT 1", List.of(), row -> row.text(1))
        .isEmpty();
  }

  /// Lets PostgreSQL know how much there is now. It would find out by itself, but only after it has
  /// planned the first queries for empty tables.
  private static void analyze(Transaction transaction, Layout layout) {
    var places =
        Stream.concat(
                layout.tables().stream().map(Table::name),
                layout.joinTables().stream().map(JoinTable::name))
            .map(Layout::qualified)
            .toList();
    var tables = String.join(", ", FilledTables.among(places, transaction));
    transaction.execute("ANALYZE " + tables, List.of());
  }

  private static Construction construction(Transaction transaction, long seed, Instant now) {
    var random = new SplittableRandom(seed);
    var past = new Past(now.minus(AGE));
    return new Construction(
        new RowBatch(transaction),
        new RandomIds(past, random),
        random,
        past,
        new MacAddresses(random),
        now);
  }
}
