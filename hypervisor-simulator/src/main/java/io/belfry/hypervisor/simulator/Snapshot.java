package io.belfry.hypervisor.simulator;

import io.belfry.hypervisor.SnapshotId;
import io.belfry.hypervisor.VolumeDefinition;

/// A snapshot.
///
/// @param definition of its volume when it was taken
record Snapshot(SnapshotId id, VolumeDefinition definition, Content content, long takenAtMillis) {}
