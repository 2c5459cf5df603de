-- The revision log at a third of its price; it holds what it held before. Takes the place of the functions in V020.

-- Ids are compared as those of entities are, byte by byte; otherwise no index helps where the two meet.
ALTER TABLE belfry.change ALTER COLUMN object_id TYPE text COLLATE "C", ALTER COLUMN entity TYPE text COLLATE "C";
ALTER TABLE belfry.task_queue ALTER COLUMN task_id TYPE text COLLATE "C";
ALTER TABLE belfry.memory_reservation
  ALTER COLUMN task_id TYPE text COLLATE "C",
  ALTER COLUMN host_id TYPE text COLLATE "C";
ALTER TABLE belfry.lost_vm ALTER COLUMN vm_id TYPE text COLLATE "C";

-- For tables of entities. Arguments: the entity's name, and the columns that are no reason to log a change.
--
-- An update logs the columns that differ, a creation or deletion all that are not null. Rows may be updated together on
-- behalf of several: belfry.actors then says who changes which, as {"id": ["task", "user"]}. OFFSET 0 keeps PostgreSQL from
-- making a row's JSON again for each of its columns. Nothing here is a function in SQL: those are planned at every call. Plans
-- are kept, from the first time on, so they must suit many rows and a long log: no nested loop over the rows of an
-- update, and always the index on the log.
CREATE OR REPLACE FUNCTION belfry.log_change() RETURNS trigger
LANGUAGE plpgsql SET enable_nestloop = off AS $$
DECLARE
  of_entity text := TG_ARGV[0];
  gauges    text[] := TG_ARGV[1]::text[];
  by_task   text := nullif(current_setting('belfry.task', true), '');
  by_user   text := nullif(current_setting('belfry.user', true), '');
  actors    jsonb := nullif(current_setting('belfry.actors', true), '')::jsonb;
BEGIN
  PERFORM belfry.enter_log();
  IF TG_OP = 'INSERT' THEN
    INSERT INTO belfry.change (revision, action, entity, object_id, new_value, task_id, user_id)
    SELECT nextval('belfry.revision'), 'CREATE', of_entity, id,
           (SELECT jsonb_object_agg(key, value) FROM jsonb_each(to_jsonb(new_rows)) WHERE value <> 'null'),
           by_task, by_user
    FROM new_rows;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO belfry.change (revision, prev_revision, action, entity, object_id, old_value, task_id, user_id)
    SELECT nextval('belfry.revision'),
           belfry.last_change(of_entity, id),
           'DELETE', of_entity, id,
           (SELECT jsonb_object_agg(key, value) FROM jsonb_each(to_jsonb(old_rows)) WHERE value <> 'null'),
           by_task, by_user
    FROM old_rows;
  ELSE
    INSERT INTO belfry.change
      (revision, prev_revision, action, entity, object_id, old_value, new_value, task_id, user_id)
    SELECT nextval('belfry.revision'),
           belfry.last_change(of_entity, pair.id),
           'UPDATE', of_entity, pair.id, difference.before, difference.after,
           coalesce(nullif(actors -> pair.id ->> 0, ''), by_task),
           coalesce(nullif(actors -> pair.id ->> 1, ''), by_user)
    FROM (
        SELECT old_rows.id, to_jsonb(old_rows) - gauges AS before, to_jsonb(new_rows) - gauges AS after
        FROM old_rows
        JOIN new_rows ON new_rows.id = old_rows.id
        OFFSET 0
      ) pair,
      LATERAL (
        SELECT jsonb_object_agg(key, value) AS before, jsonb_object_agg(key, pair.after -> key) AS after
        FROM jsonb_each(pair.before)
        WHERE value IS DISTINCT FROM pair.after -> key
      ) difference
    WHERE pair.before <> pair.after;
  END IF;
  RETURN NULL;
END
$$;

-- The revision of the last change of an object that is still in the log, null if there is none. Whoever logs a change
-- holds the object's row, so nobody else adds one meanwhile.
CREATE OR REPLACE FUNCTION belfry.last_change(of_entity text, of_object text) RETURNS bigint
LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
  RETURN (SELECT max(revision) FROM belfry.change WHERE object_id = of_object COLLATE "C" AND entity = of_entity COLLATE "C");
END
$$;

DROP FUNCTION belfry.present(jsonb);
