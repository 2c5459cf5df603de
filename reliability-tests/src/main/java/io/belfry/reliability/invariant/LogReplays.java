package io.belfry.reliability.invariant;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Every change in the revision log begins with what the changes before it left, and all of them
/// lead to what is stored: so each prefix of the log replays to the state that there was.
///
/// Gauges are left out, as the log leaves them out, and so is what was there before the log began.
final class LogReplays implements Invariant {
  private static final Map<String, String> TABLES =
      new TreeMap<>(
          Map.of(
              "Vm", "vm",
              "VmDisk", "vm_disk",
              "VmNic", "vm_nic",
              "VmVolume", "vm_volume",
              "VmSnapshot", "vm_snapshot",
              "IscsiLun", "iscsi_lun",
              "Task", "task"));

  /// Fields that the schema marks as gauges.
  private static final String GAUGES =
      String.join(
          ",",
          "cpu_usage",
          "memory_usage",
          "guest_size_usage",
          "guest_used_size",
          "used_size_usage",
          "unique_logical_size",
          "unique_size",
          "used_size");

  @Override
  public String name() {
    return "every prefix of the revision log replays to the state";
  }

  @Override
  public List<String> violations(Evidence evidence) {
    var found = new ArrayList<String>();
    TABLES.forEach((entity, table) -> {
      found.addAll(evidence.texts(gaps(entity, table)));
      found.addAll(evidence.texts(differences(entity, table)));
      found.addAll(evidence.texts(survivors(entity, table)));
      found.addAll(evidence.texts(brokenLinks(entity)));
    });
    return found;
  }

  /// Changes that begin with another value than the change before left.
  private static String gaps(String entity, String table) {
    return columns(entity, table)
        + """
        SELECT '%1$s ' || object_id || ', revision ' || revision || ': ' || key || ' begins as '
          || coalesce(before::text, 'nothing') || ' and was ' || coalesce(known::text, 'nothing')
        FROM ordered
        WHERE action = 'UPDATE'
          AND earlier IS NOT NULL
          AND known IS DISTINCT FROM before
        """
            .formatted(entity);
  }

  /// Rows that differ from what their last changes left.
  private static String differences(String entity, String table) {
    return columns(entity, table)
        + """
        SELECT '%1$s ' || object_id || ', revision ' || revision || ': ' || ordered.key || ' was left as '
          || coalesce(after::text, 'nothing') || ' and is '
          || coalesce((to_jsonb(stored) -> ordered.key)::text, 'nothing')
        FROM ordered
          LEFT JOIN tower.%2$s AS stored ON stored.id = object_id
        WHERE from_end = 1
          AND action <> 'DELETE'
          AND NOT EXISTS (
            SELECT 1
            FROM belfry.change AS removal
            WHERE removal.object_id = ordered.object_id
              AND removal.entity = '%1$s'
              AND removal.action = 'DELETE')
          AND to_jsonb(stored) -> ordered.key IS DISTINCT FROM after
        """
            .formatted(entity, table);
  }

  /// Rows that are there although they were deleted.
  private static String survivors(String entity, String table) {
    return """
    SELECT '%1$s ' || object_id || ', revision ' || revision || ': was deleted and is there'
    FROM belfry.change
      JOIN tower.%2$s AS stored ON stored.id = object_id
    WHERE entity = '%1$s'
      AND action = 'DELETE'
    """
        .formatted(entity, table);
  }

  /// Changes that name another one as the change before.
  private static String brokenLinks(String entity) {
    return """
    SELECT '%1$s ' || object_id || ', revision ' || revision || ': follows '
      || coalesce(prev_revision::text, 'nothing') || ', not ' || coalesce(known::text, 'nothing')
    FROM (
      SELECT object_id, revision, action, prev_revision,
             lag(revision) OVER (PARTITION BY object_id ORDER BY revision) AS known
      FROM belfry.change
      WHERE entity = '%1$s') AS linked
    WHERE action <> 'CREATE'
      AND prev_revision IS DISTINCT FROM known
    """
        .formatted(entity);
  }

  /// Each change of each column that is no gauge, with what the one before it left.
  private static String columns(String entity, String table) {
    return """
    WITH entry AS (
      SELECT object_id, revision, action, key, old_value -> key AS before, new_value -> key AS after
      FROM belfry.change,
        LATERAL jsonb_object_keys(coalesce(old_value, '{}') || coalesce(new_value, '{}')) AS key
      WHERE entity = '%1$s'
        AND key IN (
          SELECT column_name
          FROM information_schema.columns
          WHERE table_schema = 'tower'
            AND table_name = '%2$s'
            AND NOT column_name = ANY ('{%3$s}'))),
    ordered AS (
      SELECT *,
             lag(after) OVER through_time AS known,
             lag(action) OVER through_time AS earlier,
             row_number() OVER (PARTITION BY object_id, key ORDER BY revision DESC) AS from_end
      FROM entry
      WINDOW through_time AS (PARTITION BY object_id, key ORDER BY revision))
    """
        .formatted(entity, table, GAUGES);
  }
}
