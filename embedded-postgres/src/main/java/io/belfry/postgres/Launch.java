package io.belfry.postgres;

/// What a PostgreSQL is started with, each time anew.
record Launch(Cluster cluster, PostgresSettings settings, Durability durability) {}
