-- The revision log: every committed change of any object, in one total order. Statement triggers on the tables of
-- entities write it, so no change is missed, whoever makes it. docs/adr/0011-revision-log.md says why it is like this.
--
-- What makes the order safe to read: a transaction draws its revisions from a sequence, which is not in the order of
-- commits. But before it draws the first one, it holds a shared advisory lock whose number is the sequence's last value
-- at that moment; all its revisions are higher. So everything up to the lowest such number is decided, and nothing will
-- ever appear below it. Writers never wait for each other because of the log.

-- Revision 1 stands for the time before the first change.
CREATE SEQUENCE belfry.revision;
SELECT setval('belfry.revision', 1);

CREATE TABLE belfry.change (
  revision      bigint PRIMARY KEY,
  prev_revision bigint,
  action        text NOT NULL,
  entity        text NOT NULL,
  object_id     text NOT NULL,
  old_value     jsonb,
  new_value     jsonb,
  changed_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  task_id       text,
  user_id       text
);

CREATE INDEX change_object ON belfry.change (object_id, entity, revision);
CREATE INDEX change_time ON belfry.change (changed_at);

-- The last revision that has been removed from the log; what was changed up to it can't be read any more.
INSERT INTO belfry.setting (key, value) VALUES ('compact_revision', to_jsonb(1));

-- Marks this transaction as one that changes something, before it draws its first revision. What it holds up others
-- for ends by itself should its process stop answering.
CREATE FUNCTION belfry.enter_log() RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  last bigint;
BEGIN
  IF current_setting('belfry.entered', true) = 'yes' THEN
    RETURN;
  END IF;
  SELECT last_value INTO last FROM belfry.revision;
  PERFORM pg_advisory_xact_lock_shared(1111837766, (last & 2147483647)::int);
  PERFORM set_config('belfry.entered', 'yes', true),
          set_config('idle_in_transaction_session_timeout', '15s', true);
END
$$;

-- The revision up to which everything is decided. Read changes in a later statement than this: only its snapshot is
-- certain to have them all. A lock holds the lowest 31 bits of its number, so the rest is taken from a value that is
-- read after the locks; the value read before them is the answer where there are none.
CREATE FUNCTION belfry.stable_revision() RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  before_locks bigint;
  distances    bigint[];
  after_locks  bigint;
BEGIN
  SELECT last_value INTO before_locks FROM belfry.revision;
  SELECT array_agg(objid::bigint) INTO distances
  FROM pg_locks
  WHERE locktype = 'advisory'
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND classid = 1111837766
    AND objsubid = 2
    AND granted;
  SELECT last_value INTO after_locks FROM belfry.revision;
  RETURN (
    SELECT least(before_locks, min(after_locks - ((after_locks - low_bits) & 2147483647)))
    FROM unnest(distances) AS low_bits);
END
$$;

-- For tables of entities. Arguments: the entity's name, and the columns that are no reason to log a change.
--
-- An update logs the columns that differ, a creation or deletion all that are not null.
CREATE FUNCTION belfry.log_change() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  gauges  text[] := TG_ARGV[1]::text[];
  by_task text := nullif(current_setting('belfry.task', true), '');
  by_user text := nullif(current_setting('belfry.user', true), '');
BEGIN
  PERFORM belfry.enter_log();
  IF TG_OP = 'INSERT' THEN
    INSERT INTO belfry.change (revision, action, entity, object_id, new_value, task_id, user_id)
    SELECT nextval('belfry.revision'), 'CREATE', TG_ARGV[0], id, belfry.present(to_jsonb(new_rows)), by_task, by_user
    FROM new_rows;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO belfry.change (revision, prev_revision, action, entity, object_id, old_value, task_id, user_id)
    SELECT nextval('belfry.revision'), belfry.last_change(TG_ARGV[0], id), 'DELETE', TG_ARGV[0], id,
           belfry.present(to_jsonb(old_rows)), by_task, by_user
    FROM old_rows;
  ELSE
    INSERT INTO belfry.change
      (revision, prev_revision, action, entity, object_id, old_value, new_value, task_id, user_id)
    SELECT nextval('belfry.revision'), belfry.last_change(TG_ARGV[0], id), 'UPDATE', TG_ARGV[0], id,
           difference.before, difference.after, by_task, by_user
    FROM (
        SELECT old_rows.id, to_jsonb(old_rows) - gauges AS before, to_jsonb(new_rows) - gauges AS after
        FROM old_rows
        JOIN new_rows ON new_rows.id = old_rows.id
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

-- An object without its columns that are null; what columns hold stays as it is.
CREATE FUNCTION belfry.present(whole jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
  SELECT jsonb_object_agg(key, value) FROM jsonb_each(whole) WHERE value <> 'null'
$$;

-- The revision of the last change of an object that is still in the log, null if there is none. Whoever logs a change
-- holds the object's row, so nobody else adds one meanwhile.
CREATE FUNCTION belfry.last_change(of_entity text, of_object text) RETURNS bigint
LANGUAGE sql VOLATILE AS $$
  SELECT max(revision) FROM belfry.change WHERE object_id = of_object AND entity = of_entity
$$;

-- For join tables: pairs that come or go are an update of the object on the relation's own side, unless that object is
-- gone itself. Arguments: its entity, its table, and the relation's name. The old value has the ids that went, the new
-- value those that came.
CREATE FUNCTION belfry.log_pairs() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  added   boolean := TG_OP = 'INSERT';
  by_task text := nullif(current_setting('belfry.task', true), '');
  by_user text := nullif(current_setting('belfry.user', true), '');
  pair    record;
BEGIN
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
