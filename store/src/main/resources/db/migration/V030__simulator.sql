-- The simulated data centre as effects have left it: what a real hypervisor would know by itself. Objects that no effect
-- has touched are not here, they are what the tower's rows say. Changes are numbered in one order for all servers; whoever
-- writes holds an advisory lock until it has committed, so numbers become visible in their order.
CREATE SCHEMA simulator;

-- The latest state of each object; null when it is gone.
CREATE TABLE simulator.object (
  kind       text NOT NULL,
  id         text NOT NULL,
  state      jsonb,
  number     bigint NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (kind, id)
);

CREATE INDEX object_number ON simulator.object (number);
CREATE INDEX object_gone ON simulator.object (changed_at) WHERE state IS NULL;

-- The highest number of a change that was forgotten. A server that knows less must begin anew.
CREATE TABLE simulator.forgotten (
  number bigint NOT NULL
);

INSERT INTO simulator.forgotten VALUES (0);

-- Which server does for all what one must do, and until when if it says nothing more.
CREATE TABLE simulator.duty (
  name  text PRIMARY KEY,
  owner text NOT NULL,
  until timestamptz NOT NULL
);
