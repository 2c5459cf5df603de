-- The simulated data centre as effects have left it: what a real hypervisor would know by itself. Objects that no effect
-- has touched are not here, they are what the tower's rows say. Changes are numbered in one order for all servers; whoever
-- writes holds an advisory lock until it has committed, so numbers become visible in their order.

-- The latest state of each object; null when it is gone.
CREATE TABLE belfry.simulator_object (
  kind       text NOT NULL,
  id         text NOT NULL,
  state      jsonb,
  number     bigint NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (kind, id)
);

CREATE INDEX simulator_object_number ON belfry.simulator_object (number);
CREATE INDEX simulator_object_gone ON belfry.simulator_object (changed_at) WHERE state IS NULL;

-- The highest number of a change that was forgotten. A server that knows less must begin anew.
CREATE TABLE belfry.simulator_forgotten (
  number bigint NOT NULL
);

INSERT INTO belfry.simulator_forgotten VALUES (0);

-- Which server does for all what one must do, and until when if it says nothing more.
CREATE TABLE belfry.duty (
  name  text PRIMARY KEY,
  owner text NOT NULL,
  until timestamptz NOT NULL
);
