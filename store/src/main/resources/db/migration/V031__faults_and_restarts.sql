-- Rules by which calls of the simulator go wrong, for all servers that share this database. Counters are per rule and
-- rise in the order in which calls come, wherever they come from, so that "the first three" are three in all.
CREATE TABLE belfry.simulator_fault_rule (
  id         text PRIMARY KEY,
  position   bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  rule       jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  matched    bigint NOT NULL DEFAULT 0,
  struck     bigint NOT NULL DEFAULT 0
);

-- VMs that ran on a host when it was lost, and shall run elsewhere. A line stays until the VM runs again, so that what
-- finds no room is tried again; due_at keeps what has failed from being tried all the time.
CREATE TABLE belfry.lost_vm (
  vm_id    text PRIMARY KEY,
  failures integer NOT NULL DEFAULT 0,
  due_at   timestamptz NOT NULL DEFAULT now()
);
