-- What was decided for a change, by the key that its caller gave it: the same request made again has the same tasks and
-- objects in its answer, and changes nothing.
CREATE TABLE belfry.idempotency_key (
  user_id text NOT NULL,
  key text NOT NULL,
  operation text NOT NULL,
  -- SHA-256 of the body.
  body text NOT NULL,
  -- [[task, object], …]; null only inside the transaction that makes the change.
  decided text,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (user_id, key)
);

CREATE INDEX idempotency_key_created_at ON belfry.idempotency_key (created_at);
