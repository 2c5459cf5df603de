package io.belfry.hypervisor.simulator;

/// What an object of the simulated world is called.
///
/// @param id unique within its kind
public record ObjectKey(WorldObject.Kind kind, String id) {}
