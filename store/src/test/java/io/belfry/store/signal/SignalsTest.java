package io.belfry.store.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.postgres.TestDatabase;
import io.belfry.store.database.TestTables;
import java.sql.SQLException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SignalsTest {
  private static final long PATIENCE_SECONDS = 30;

  private final TestDatabase database = TestTables.freshDatabase();

  @Test
  void reachOtherProcessesAndTheOwnOne() throws InterruptedException {
    try (var here = Signals.start(database::connect, "here");
        var there = Signals.start(database::connect, "there")) {
      var heardHere = heard(here);
      var heardThere = heard(there);
      awaitListening(here, heardThere);

      here.raise(Topic.TASKS);

      await(heardHere, Topic.TASKS);
      await(heardThere, Topic.TASKS);
    }
  }

  @Test
  void worksAgainAfterAConnectionWasCut() throws InterruptedException, SQLException {
    try (var here = Signals.start(database::connect, "here");
        var there = Signals.start(database::connect, "there")) {
      var heard = heard(there);
      awaitListening(here, heard);
      try (var connection = database.connect();
          var statement = connection.createStatement()) {
        statement.execute(
            """
            SELECT pg_terminate_backend(pid)
            FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()
            """);
      }

      await(heard, Topic.CHANGES); // on connecting again, as something may have been missed
    }
  }

  private static LinkedBlockingQueue<Topic> heard(Signals signals) {
    var heard = new LinkedBlockingQueue<Topic>();
    for (var topic : Topic.values()) {
      signals.on(topic, () -> heard.add(topic));
    }
    return heard;
  }

  /// Raises signals until one arrives, then forgets all.
  private static void awaitListening(Signals from, LinkedBlockingQueue<Topic> heard)
      throws InterruptedException {
    for (var i = 0; i < PATIENCE_SECONDS * 10; i++) {
      from.raise(Topic.CHANGES);
      if (heard.poll(100, TimeUnit.MILLISECONDS) != null) {
        heard.clear();
        return;
      }
    }
    throw new AssertionError("nothing heard");
  }

  private static void await(LinkedBlockingQueue<Topic> heard, Topic wanted)
      throws InterruptedException {
    Topic next;
    do {
      next = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(next).as("waiting for %s", wanted).isNotNull();
    } while (next != wanted);
  }
}
