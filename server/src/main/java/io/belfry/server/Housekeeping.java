package io.belfry.server;

import io.belfry.server.config.ServerSettings.Retention;
import io.belfry.store.Store;
import io.belfry.store.log.RevisionLog;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes from time to time what is kept no longer: old changes and, if wanted, old tasks. Several
/// servers on a database may do so at the same time.
final class Housekeeping implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final Duration INTERVAL = Duration.ofMinutes(1);
  private static final int BATCH = 5_000;

  private final Store store;
  private final RevisionLog log;
  private final Retention retention;
  private final Thread thread;

  private Housekeeping(Store store, RevisionLog log, Retention retention) {
    this.store = store;
    this.log = log;
    this.retention = retention;
    this.thread = Thread.ofVirtual().name("housekeeping").unstarted(this::run);
  }

  /// Housekeeping at work; [#close] ends it.
  static Housekeeping start(Store store, RevisionLog log, Retention retention) {
    var housekeeping = new Housekeeping(store, log, retention);
    housekeeping.thread.start();
    return housekeeping;
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(INTERVAL);
        cleanSafely();
      }
    } catch (InterruptedException _) {
      // closed
    }
  }

  /// What goes wrong once, as when the database is away, is done the next time.
  private void cleanSafely() {
    try {
      while (log.compact(retention.changes(), BATCH) == BATCH) {
        // in small transactions
      }
      retention.tasks().ifPresent(this::removeTasks);
    } catch (RuntimeException e) {
      LOG.warn("history can't be shortened: {}", e.getMessage());
    }
  }

  private void removeTasks(Duration age) {
    while (removeSomeTasks(age) == BATCH) {
      // in small transactions
    }
  }

  private int removeSomeTasks(Duration age) {
    return store.write(transaction ->
        transaction.execute(
            """
            DELETE FROM tower.task
            WHERE id IN (
              SELECT id
              FROM tower.task
              WHERE status IN ('SUCCESSED', 'FAILED')
                AND finished_at < now() - ? * INTERVAL '1 second'
              ORDER BY finished_at
              LIMIT ?)
            """,
            List.of(age.toSeconds(), BATCH)));
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
