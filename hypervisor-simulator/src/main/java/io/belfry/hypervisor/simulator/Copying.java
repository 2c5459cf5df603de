package io.belfry.hypervisor.simulator;

import io.belfry.hypervisor.CopyMode;
import io.belfry.hypervisor.CopySource;
import io.belfry.hypervisor.Fault;
import io.belfry.hypervisor.VolumeDefinition;

/// How a volume gets the content of another, or of a snapshot.
final class Copying {
  private final Volumes volumes;
  private final Snapshots snapshots;

  Copying(Volumes volumes, Snapshots snapshots) {
    this.volumes = volumes;
    this.snapshots = snapshots;
  }

  /// What a copy would have to write, without redundancy; 0 when it is there.
  long bytesToWrite(CopySource source, VolumeDefinition target, CopyMode mode) {
    if (volumes.existing(target).isPresent()) {
      return 0;
    }
    var content = content(source, target);
    return mode == CopyMode.FULL ? content.bytes() : 0;
  }

  /// Creates the copy, unless it is there.
  Volume copy(CopySource source, VolumeDefinition target, CopyMode mode, long nowMillis) {
    var existing = volumes.existing(target);
    if (existing.isPresent()) {
      return existing.get();
    }
    var content = content(source, target);
    return switch (mode) {
      case FULL -> volumes.create(target, content.copied(), Sharing.NONE);
      case LINKED -> {
        if (source instanceof CopySource.OfVolume(var id)) {
          volumes.share(id, nowMillis);
        }
        yield volumes.create(target, content.linked(), Sharing.NONE.withLink(nowMillis));
      }
    };
  }

  /// What a source holds, refused when it is too big for the target.
  private Content content(CopySource source, VolumeDefinition target) {
    return switch (source) {
      case CopySource.OfVolume(var id) -> {
        var volume = volumes.get(id);
        requireRoom(volume.definition(), target);
        yield volume.content();
      }
      case CopySource.OfSnapshot(var id) -> {
        var snapshot = snapshots.get(id);
        requireRoom(snapshot.definition(), target);
        yield snapshot.content();
      }
    };
  }

  private static void requireRoom(VolumeDefinition source, VolumeDefinition target) {
    if (target.sizeBytes() < source.sizeBytes()) {
      throw new Fault.WouldShrink(source.id(), source.sizeBytes(), target.sizeBytes())
          .asException();
    }
  }
}
