-- Passwords of local users, as argon2id hashes that carry their own salt and cost. The user is the row of tower.user
-- with the same id; a credential whose user is gone is worth nothing.
CREATE TABLE belfry.credential (
  user_id       text PRIMARY KEY,
  password_hash text NOT NULL,
  updated_at    timestamptz NOT NULL DEFAULT now()
);

-- Who is logged in. Of each token only its SHA-256 digest, in hex, is kept; as the token is 256 random bits, nobody
-- finds it from there.
CREATE TABLE belfry.token (
  digest       text PRIMARY KEY,
  user_id      text NOT NULL,
  created_at   timestamptz NOT NULL DEFAULT now(),
  last_used_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX token_user ON belfry.token (user_id, last_used_at);
