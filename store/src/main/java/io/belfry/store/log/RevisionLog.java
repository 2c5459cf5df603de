package io.belfry.store.log;

import io.belfry.store.ResultRow;
import io.belfry.store.Store;
import io.belfry.store.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Reads the revision log, and shortens it. The database writes it (`V020__revision_log.sql`).
/// Thread-safe.
///
/// Readers see all changes up to the *newest* revision, and nothing is ever added below it, however
/// long some transactions take. Revisions rise; not every number is used.
///
/// Every method throws a [io.belfry.problem.ProblemException] if the database can't be reached.
public final class RevisionLog {
  private static final String COMPACTED =
      "SELECT value::bigint FROM belfry.setting WHERE key = 'compact_revision'";

  /// How often to look, and with which pause, whether changes from below the beginning are made.
  private static final int LOOKS = 500;

  private static final Duration PAUSE = Duration.ofMillis(10);

  private final Store store;

  public RevisionLog(Store store) {
    this.store = store;
  }

  /// What of the log can be read.
  ///
  /// @param compacted the earliest revision to read on from
  /// @param newest the last one that readers see; below the earliest only while a transaction is
  ///   under way that began to change something before the log began there
  public record Bounds(long compacted, long newest) {}

  /// Where to begin. Waits a moment if the log begins anew while others are still changing
  /// something: they may have drawn revisions from below its beginning, so whoever began now would
  /// miss theirs.
  public Bounds bounds() {
    var bounds = boundsNow();
    for (var i = 0; bounds.newest() < bounds.compacted() && i < LOOKS; i++) {
      if (!rest()) {
        break;
      }
      bounds = boundsNow();
    }
    return bounds;
  }

  private Bounds boundsNow() {
    var newest = newest();
    return new Bounds(
        store.query(COMPACTED, List.of(), row -> row.longValue(1)).getFirst(), newest);
  }

  /// @return whether nobody has interrupted that
  private static boolean rest() {
    try {
      Thread.sleep(PAUSE);
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// The last revision that readers see now.
  public long newest() {
    return store
        .query("SELECT belfry.stable_revision()", List.of(), row -> row.longValue(1))
        .getFirst();
  }

  /// Reads on after a revision.
  ///
  /// @param limit how many changes at the most
  /// @throws CompactedException if some of them are gone
  public ChangePage after(long revision, ChangeFilter filter, int limit) {
    var newest = newest(); // in a transaction of its own: the next one's snapshot has all of it
    return store.read(transaction -> {
      var compacted = number(transaction, COMPACTED);
      if (revision < compacted) {
        throw new CompactedException(revision, compacted);
      }
      var changes = changes(transaction, new Range(revision, newest, limit), filter);
      var through = changes.size() == limit ? changes.getLast().revision() : newest;
      return new ChangePage(changes, Math.max(through, revision), newest);
    });
  }

  /// Removes changes that are older than this.
  ///
  /// @param limit how many at the most
  /// @return how many were removed
  public int compact(Duration age, int limit) {
    var newest = newest();
    return store.write(transaction -> {
      var last =
          number(
              transaction,
              """
              SELECT coalesce(max(revision), 0)
              FROM (
                SELECT revision
                FROM belfry.change
                WHERE changed_at < now() - %s * INTERVAL '1 second'
                  AND revision <= %s
                ORDER BY revision
                LIMIT %s) AS oldest
              """
                  .formatted(age.toSeconds(), newest, limit));
      if (last == 0) {
        return 0;
      }
      transaction.execute(
          """
          UPDATE belfry.setting
          SET value = to_jsonb(greatest(value::bigint, ?::bigint))
          WHERE key = 'compact_revision'
          """,
          List.of(last));
      return transaction.execute("DELETE FROM belfry.change WHERE revision <= ?", List.of(last));
    });
  }

  /// Leaves out of the log what a transaction changes from now on, as for a bulk load. Readers that
  /// have begun before must then read all objects anew.
  public static void leaveOut(Transaction transaction) {
    transaction.executeSoon("SELECT belfry.enter_log()", List.of());
    transaction.executeSoon(
        """
        UPDATE belfry.setting
        SET value = to_jsonb(nextval('belfry.revision'))
        WHERE key = 'compact_revision'
        """,
        List.of());
    transaction.leaveOutOfLog();
  }

  private static long number(Transaction transaction, String sql) {
    return transaction.query(sql, List.of(), row -> row.longValue(1)).getFirst();
  }

  /// @param after not included
  /// @param through included
  private record Range(long after, long through, int limit) {}

  private static List<Change> changes(Transaction transaction, Range range, ChangeFilter filter) {
    var parameters = new ArrayList<Object>(List.of(range.after(), range.through()));
    var conditions = new StringBuilder();
    if (!filter.ids().isEmpty()) {
      conditions.append("AND object_id = ANY (?)\n");
      parameters.add(filter.ids());
    }
    if (!filter.entities().isEmpty()) {
      conditions.append("AND entity = ANY (?)\n");
      parameters.add(filter.entities());
    }
    if (!filter.actions().isEmpty()) {
      conditions.append("AND action = ANY (?)\n");
      parameters.add(filter.actions().stream().map(Change.Action::name).toList());
    }
    parameters.add(range.limit());
    return transaction.query(
        """
        SELECT revision, prev_revision, action, entity, object_id, old_value, new_value,
               changed_at, task_id, user_id
        FROM belfry.change
        WHERE revision > ?
          AND revision <= ?
          %sORDER BY revision
        LIMIT ?
        """
            .formatted(conditions),
        parameters,
        RevisionLog::change);
  }

  private static Change change(ResultRow row) {
    return new Change(
        row.longValue(1),
        row.textOrNull(2) == null ? null : row.longValue(2),
        Change.Action.valueOf(row.text(3)),
        new Change.Subject(row.text(4), row.text(5)),
        new Change.Stored(row.textOrNull(6), row.textOrNull(7)),
        new Change.Cause(row.instant(8), row.textOrNull(9), row.textOrNull(10)));
  }
}
