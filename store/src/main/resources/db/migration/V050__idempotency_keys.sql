-- What a change was answered, by the key that its caller gave it: the same request made again is answered the same and
-- changes nothing.
CREATE TABLE belfry.idempotency_key (
  user_id text NOT NULL,
  key text NOT NULL,
  operation text NOT NULL,
  -- SHA-256 of the body.
  body text NOT NULL,
  -- Null only inside the transaction that makes the change. Text, so that the answer is the same to the letter.
  answer text,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (user_id, key)
);

CREATE INDEX idempotency_key_created_at ON belfry.idempotency_key (created_at);
