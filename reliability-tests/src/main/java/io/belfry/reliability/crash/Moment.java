package io.belfry.reliability.crash;

import io.belfry.reliability.server.ServerUnderTest;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// When a blow falls.
sealed interface Moment {
  /// A little after so many more calls have been acknowledged, to hit tasks in every phase.
  record AfterCalls(int calls, Duration later) implements Moment {
    private static final int FEWEST = 5;
    private static final int MOST = 60;
    private static final Duration LIMIT = Duration.ofSeconds(6);
    private static final int LATEST_MILLIS = 150;

    static AfterCalls draw(RandomGenerator random) {
      return new AfterCalls(
          random.nextInt(FEWEST, MOST), Duration.ofMillis(random.nextInt(LATEST_MILLIS)));
    }

    @Override
    public void await(ServerUnderTest server, Ledger ledger, Consumer<Burst> bursts)
        throws InterruptedException {
      ledger.awaitAcknowledged(calls, LIMIT);
      Thread.sleep(later); // a random moment is what this is about
    }
  }

  /// While many equal tasks end: a little after the first of them has, which hits what others do
  /// just before and just after their ends.
  ///
  /// @param before the load that makes things for the burst to change
  record InBurst(AfterCalls before, Burst burst, Duration later) implements Moment {
    private static final List<Integer> LATEST_MICROS = List.of(2_000, 10_000, 60_000);
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final Duration GLANCE = Duration.ofMillis(1);

    static InBurst draw(int number, RandomGenerator random) {
      var kinds = Burst.Kind.values();
      var latest = LATEST_MICROS.get(random.nextInt(LATEST_MICROS.size()));
      return new InBurst(
          AfterCalls.draw(random),
          new Burst(number, kinds[random.nextInt(kinds.length)]),
          Duration.ofNanos(1_000L * random.nextInt(latest)));
    }

    @Override
    public void await(ServerUnderTest server, Ledger ledger, Consumer<Burst> bursts)
        throws IOException, InterruptedException, SQLException {
      before.await(server, ledger, bursts);
      bursts.accept(burst);
      var end = System.nanoTime() + LIMIT.toNanos();
      try (var rows = server.database()) {
        var seen = new HashSet<String>();
        while (System.nanoTime() < end) {
          var queued = queued(rows);
          if (!queued.containsAll(seen)) {
            break; // one has ended
          }
          seen.addAll(queued);
          Thread.sleep(GLANCE);
        }
      }
      LockSupport.parkNanos(later.toNanos()); // sleeping is not as exact
    }

    private Set<String> queued(Connection rows) throws SQLException {
      try (var statement =
          rows.prepareStatement("SELECT task_id FROM belfry.task_queue WHERE operation = ?")) {
        statement.setString(1, burst.kind().path());
        try (var found = statement.executeQuery()) {
          var ids = new HashSet<String>();
          while (found.next()) {
            ids.add(found.getString(1));
          }
          return ids;
        }
      }
    }
  }

  /// @param bursts told what all tenants shall do at once
  void await(ServerUnderTest server, Ledger ledger, Consumer<Burst> bursts)
      throws IOException, InterruptedException, SQLException;
}
