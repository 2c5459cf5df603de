package io.belfry.store.database;

/// How busy a pool of connections is at one moment.
///
/// @param active connections that somebody works with
/// @param idle open connections that nobody works with
/// @param waiting callers that wait for a connection
/// @param limit connections at most
public record PoolUse(int active, int idle, int waiting, int limit) {}
