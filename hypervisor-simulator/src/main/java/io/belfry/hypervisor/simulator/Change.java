package io.belfry.hypervisor.simulator;

import org.jspecify.annotations.Nullable;

/// What an object is from now on.
///
/// @param state null when it is gone
public record Change(ObjectKey key, @Nullable WorldObject state) {}
