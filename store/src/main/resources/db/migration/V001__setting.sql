-- What Belfry remembers about this database, such as the fingerprint of the tables it has made.
CREATE TABLE belfry.setting (
  key   text PRIMARY KEY,
  value jsonb NOT NULL
);
