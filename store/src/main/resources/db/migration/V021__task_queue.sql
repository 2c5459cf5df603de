-- What a queued task shares with others of which only some may run at once, such as 'migration:<host>'.
ALTER TABLE belfry.task_queue ADD COLUMN lanes text[] NOT NULL DEFAULT '{}';

-- How often the work has ended in a fault of ours; claims alone say nothing, as every restart makes another.
ALTER TABLE belfry.task_queue ADD COLUMN faults integer NOT NULL DEFAULT 0;

-- Why the work has failed, when only taking back is left to do: {"code": …, "message": …}.
ALTER TABLE belfry.task_queue ADD COLUMN failure jsonb;

CREATE INDEX task_queue_lanes ON belfry.task_queue (due_at, task_id) WHERE lanes <> '{}';
