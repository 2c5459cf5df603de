package io.belfry.hypervisor.simulator.faults;

import io.belfry.hypervisor.Id;
import io.belfry.hypervisor.SnapshotId;
import io.belfry.hypervisor.VmId;
import io.belfry.hypervisor.VolumeId;

/// What a call is about.
public enum Kind {
  VM(VmId.class),
  VOLUME(VolumeId.class),
  SNAPSHOT(SnapshotId.class);

  private final Class<? extends Id> ids;

  Kind(Class<? extends Id> ids) {
    this.ids = ids;
  }

  boolean isOf(Id id) {
    return ids.isInstance(id);
  }
}
