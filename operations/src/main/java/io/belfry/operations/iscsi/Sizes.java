package io.belfry.operations.iscsi;

import io.belfry.hypervisor.CopySource;
import io.belfry.hypervisor.Fault;
import io.belfry.hypervisor.HypervisorDriver;
import io.belfry.hypervisor.HypervisorException;

/// How big things are. The rows of LUN snapshots don't tell.
final class Sizes {
  private Sizes() {}

  /// The size in bytes of what a LUN is copied from.
  ///
  /// @throws HypervisorException if it doesn't exist
  static long of(HypervisorDriver driver, CopySource source) throws InterruptedException {
    return switch (source) {
      case CopySource.OfVolume(var volume) ->
          driver
              .observeVolume(volume)
              .orElseThrow(() -> new Fault.NotFound(volume).asException())
              .definition()
              .sizeBytes();
      case CopySource.OfSnapshot(var snapshot) ->
          driver
              .observeSnapshot(snapshot)
              .orElseThrow(() -> new Fault.NotFound(snapshot).asException())
              .sizeBytes();
    };
  }
}
