package io.belfry.operations.device;

import io.belfry.hypervisor.HypervisorDriver;
import io.belfry.hypervisor.SnapshotId;
import io.belfry.hypervisor.VolumeId;

/// What a task that failed has left in the hypervisor. Only what is there is deleted: undoing that
/// breaks off again and again must get further each time, however much there is to do.
public final class Leftovers {
  private Leftovers() {}

  /// Deletes a snapshot if it exists.
  public static void delete(HypervisorDriver driver, SnapshotId snapshot)
      throws InterruptedException {
    if (driver.observeSnapshot(snapshot).isPresent()) {
      driver.deleteSnapshot(snapshot);
    }
  }

  /// Deletes a volume if it exists.
  public static void delete(HypervisorDriver driver, VolumeId volume) throws InterruptedException {
    if (driver.observeVolume(volume).isPresent()) {
      driver.deleteVolume(volume);
    }
  }
}
