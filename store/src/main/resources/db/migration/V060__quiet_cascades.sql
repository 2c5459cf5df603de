-- Statements that change nothing cost the revision log nothing: a deletion fires the triggers of every table that refers
-- to the object, and in most of them there is nothing to unset or remove. It holds what it held before. Takes the place of
-- the functions in V040 and V020.

-- For tables of entities. Arguments: the entity's name, and the columns that are no reason to log a change.
--
-- V040 says why it is like this.
CREATE OR REPLACE FUNCTION belfry.log_change() RETURNS trigger
LANGUAGE plpgsql SET enable_nestloop = off AS $$
DECLARE
  of_entity text := TG_ARGV[0];
  gauges    text[] := TG_ARGV[1]::text[];
  by_task   text := nullif(current_setting('belfry.task', true), '');
  by_user   text := nullif(current_setting('belfry.user', true), '');
  actors    jsonb := nullif(current_setting('belfry.actors', true), '')::jsonb;
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NOT EXISTS (SELECT FROM new_rows) THEN
      RETURN NULL;
    END IF;
    PERFORM belfry.enter_log();
    INSERT INTO belfry.change (revision, action, entity, object_id, new_value, task_id, user_id)
    SELECT nextval('belfry.revision'), 'CREATE', of_entity, id,
           (SELECT jsonb_object_agg(key, value) FROM jsonb_each(to_jsonb(new_rows)) WHERE value <> 'null'),
           by_task, by_user
    FROM new_rows;
  ELSIF TG_OP = 'DELETE' THEN
    IF NOT EXISTS (SELECT FROM old_rows) THEN
      RETURN NULL;
    END IF;
    PERFORM belfry.enter_log();
    INSERT INTO belfry.change (revision, prev_revision, action, entity, object_id, old_value, task_id, user_id)
    SELECT nextval('belfry.revision'),
           belfry.last_change(of_entity, id),
           'DELETE', of_entity, id,
           (SELECT jsonb_object_agg(key, value) FROM jsonb_each(to_jsonb(old_rows)) WHERE value <> 'null'),
           by_task, by_user
    FROM old_rows;
  ELSE
    IF NOT EXISTS (SELECT FROM new_rows) THEN
      RETURN NULL;
    END IF;
    PERFORM belfry.enter_log();
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

-- For join tables: pairs that come or go are an update of the object on the relation's own side, unless that object is
-- gone itself. Arguments: its entity, its table, and the relation's name. The old value has the ids that went, the new
-- value those that came.
CREATE OR REPLACE FUNCTION belfry.log_pairs() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  added   boolean := TG_OP = 'INSERT';
  by_task text := nullif(current_setting('belfry.task', true), '');
  by_user text := nullif(current_setting('belfry.user', true), '');
  pair    record;
BEGIN
  IF NOT EXISTS (SELECT FROM pairs) THEN
    RETURN NULL;
  END IF;
  PERFORM belfry.enter_log();
  FOR pair IN EXECUTE format(
    'SELECT own.id, (SELECT jsonb_agg(to_id ORDER BY to_id) FROM pairs WHERE from_id = own.id) AS others
     FROM tower.%I own
     WHERE own.id IN (SELECT from_id FROM pairs)
     ORDER BY own.id
     FOR NO KEY UPDATE', TG_ARGV[1])
  LOOP
    INSERT INTO belfry.change
      (revision, prev_revision, action, entity, object_id, old_value, new_value, task_id, user_id)
    VALUES (
      nextval('belfry.revision'), belfry.last_change(TG_ARGV[0], pair.id), 'UPDATE', TG_ARGV[0], pair.id,
      jsonb_build_object(TG_ARGV[2], CASE WHEN added THEN '[]' ELSE pair.others END),
      jsonb_build_object(TG_ARGV[2], CASE WHEN added THEN pair.others ELSE '[]' END),
      by_task, by_user);
  END LOOP;
  RETURN NULL;
END
$$;
