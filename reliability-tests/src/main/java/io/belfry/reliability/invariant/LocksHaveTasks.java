package io.belfry.reliability.invariant;

import java.util.ArrayList;
import java.util.List;

/// Whatever is marked as being changed is mentioned by the work of a task that has not ended.
final class LocksHaveTasks implements Invariant {
  @Override
  public String name() {
    return "no lock (entityAsyncStatus) without a living task";
  }

  @Override
  public List<String> violations(Evidence evidence) {
    var tables =
        evidence.texts(
            """
            SELECT table_name
            FROM information_schema.columns
            WHERE table_schema = 'tower'
              AND column_name = 'entityAsyncStatus'
            ORDER BY table_name
            """);
    var found = new ArrayList<String>();
    for (var table : tables) {
      found.addAll(
          evidence.texts(
              """
              SELECT '%1$s ' || locked.id || ' is ' || locked."entityAsyncStatus"
              FROM tower."%1$s" AS locked
              WHERE locked."entityAsyncStatus" IS NOT NULL
                AND NOT EXISTS (
                  SELECT 1
                  FROM belfry.task_queue AS living
                  WHERE strpos(living.payload::text, '"' || locked.id || '"') > 0)
              """
                  .formatted(table)));
    }
    return found;
  }
}
