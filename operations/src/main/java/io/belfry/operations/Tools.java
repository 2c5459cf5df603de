package io.belfry.operations;

import io.belfry.hypervisor.HypervisorDriver;
import io.belfry.query.WhereParser;
import io.belfry.query.sql.QueryCompiler;
import io.belfry.store.Store;
import io.belfry.store.id.IdSource;
import java.time.Clock;

/// What operations work with.
///
/// @param ids makes the ids of new objects
public record Tools(
    Store store,
    WhereParser wheres,
    QueryCompiler compiler,
    HypervisorDriver driver,
    IdSource ids,
    Clock clock) {}
