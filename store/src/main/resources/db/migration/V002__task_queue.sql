-- Unfinished tasks. The task itself, as the API shows it, is the row of tower.task with the same id; both are
-- written in one transaction. A worker holds a task while its lease lasts; the fence rises with each claim, so
-- that a worker that was thought dead can't record over its successor.
CREATE TABLE belfry.task_queue (
  task_id     text PRIMARY KEY,
  operation   text NOT NULL,
  payload     jsonb NOT NULL,
  due_at      timestamptz NOT NULL DEFAULT now(),
  attempt     integer NOT NULL DEFAULT 0,
  fence       bigint NOT NULL DEFAULT 0,
  lease_owner text,
  lease_until timestamptz
);

CREATE INDEX task_queue_due ON belfry.task_queue (due_at, task_id);

-- Memory promised to VMs that are about to run on a host; gone with the task. Promised while the task is being decided,
-- before it is queued, hence deferred.
CREATE TABLE belfry.memory_reservation (
  task_id text NOT NULL REFERENCES belfry.task_queue ON DELETE CASCADE
          DEFERRABLE INITIALLY DEFERRED,
  host_id text NOT NULL,
  bytes   bigint NOT NULL,
  PRIMARY KEY (task_id, host_id)
);

CREATE INDEX memory_reservation_host ON belfry.memory_reservation (host_id);
