package io.belfry.server;

import io.belfry.operations.IdempotencyKeys;
import io.belfry.server.config.ServerSettings.Retention;
import io.belfry.store.Store;
import io.belfry.store.job.RecurringJob;
import io.belfry.store.log.RevisionLog;
import java.time.Duration;
import java.util.List;

/// Removes from time to time what is kept no longer: old changes, old idempotency keys and, if
/// wanted, old tasks. Several servers on a database may do so at the same time.
final class Housekeeping {
  private static final Duration INTERVAL = Duration.ofMinutes(1);
  private static final int BATCH = 5_000;

  private final Store store;
  private final RevisionLog log;
  private final Retention retention;

  private Housekeeping(Store store, RevisionLog log, Retention retention) {
    this.store = store;
    this.log = log;
    this.retention = retention;
  }

  static RecurringJob start(Store store, RevisionLog log, Retention retention) {
    return RecurringJob.start(
        "housekeeping", INTERVAL, new Housekeeping(store, log, retention)::clean);
  }

  private void clean() {
    while (log.compact(retention.changes(), BATCH) == BATCH) {
      // in small transactions
    }
    while (IdempotencyKeys.forgetOld(store, BATCH) == BATCH) {
      // in small transactions
    }
    retention.tasks().ifPresent(this::removeTasks);
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
}
