package io.belfry.reliability.crash;

import io.belfry.reliability.server.ServerUnderTest;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// Looks at leases again and again while nothing is killed. If tasks are held for long and no lease
/// is renewed, others take tasks away from workers that live, for ever. That single renewals are
/// late is fine: machines are busy.
final class LeaseWatch {
  /// Shorter than a lease, longer than several renewals take.
  private static final Duration LONG = Duration.ofSeconds(3);

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ServerUnderTest server;
  private final Map<Hold, Seen> seen = new HashMap<>();
  private final long beganNanos = System.nanoTime();
  private boolean heldForLong;
  private boolean renewed;

  LeaseWatch(ServerUnderTest server) {
    this.server = server;
  }

  /// A task in the hands of one worker.
  private record Hold(String taskId, long fence) {}

  private record Seen(String leaseUntil, long atNanos) {}

  void look() throws IOException, InterruptedException, SQLException {
    try (var rows = server.database();
        var statement = rows.createStatement();
        var found =
            statement.executeQuery(
                """
                SELECT task_id, fence, lease_until::text
                FROM belfry.task_queue
                WHERE lease_until IS NOT NULL
                """)) {
      while (found.next()) {
        look(new Hold(found.getString(1), found.getLong(2)), found.getString(3));
      }
    }
  }

  private void look(Hold hold, String leaseUntil) {
    var now = System.nanoTime();
    var first = seen.computeIfAbsent(hold, _ -> new Seen(leaseUntil, now));
    renewed |= !first.leaseUntil().equals(leaseUntil);
    heldForLong |= now - first.atNanos() > LONG.toNanos();
  }

  boolean isNothingRenewed() {
    var patient = System.nanoTime() - beganNanos > PATIENCE.toNanos();
    return heldForLong && !renewed && patient;
  }
}
