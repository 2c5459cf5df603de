package io.belfry.hypervisor.simulator;

import io.belfry.hypervisor.Fault;
import io.belfry.hypervisor.SnapshotId;
import io.belfry.hypervisor.SnapshotSeen;
import io.belfry.hypervisor.VmId;
import io.belfry.hypervisor.VolumeId;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/// The snapshots of volumes. Every method is one effect at one moment and waits for nothing.
final class Snapshots {
  private final Volumes volumes;
  private final ConcurrentHashMap<SnapshotId, Snapshot> snapshots = new ConcurrentHashMap<>();

  Snapshots(Volumes volumes) {
    this.volumes = volumes;
  }

  /// Adds a snapshot that is there already, after its volume.
  void record(Inventory.Snapshot recorded) {
    snapshots.computeIfAbsent(
        recorded.id(),
        id -> {
          var then = recorded.content();
          var takenAt = recorded.takenAt().toEpochMilli();
          volumes
              .find(then.definition().id())
              .ifPresent(volume -> countOn(volume.id(), sharing -> sharing.withSnapshot(takenAt)));
          var content = new Content(then.usedBytes(), 0, then.guest());
          return new Snapshot(id, then.definition(), content, takenAt);
        });
  }

  /// Takes a snapshot, unless it is there.
  Snapshot take(SnapshotId id, VolumeId of, long nowMillis) {
    return Objects.requireNonNull(
        snapshots.compute(
            id,
            (_, existing) -> {
              if (existing != null) {
                requireOf(existing, of);
                return existing;
              }
              var volume = countOn(of, sharing -> sharing.withSnapshot(nowMillis));
              return new Snapshot(id, volume.definition(), volume.content(), nowMillis);
            }));
  }

  /// Gives a volume back what a snapshot of it kept.
  ///
  /// @param writers of the users of a volume those that could be writing on it
  Volume revert(SnapshotId id, UnaryOperator<Set<VmId>> writers, long nowMillis) {
    var snapshot = get(id);
    return volumes.change(
        snapshot.definition().id(),
        volume -> {
          var writing = writers.apply(volume.users());
          if (!writing.isEmpty()) {
            throw volume.inUseBy(writing.iterator().next());
          }
          return volume
              .with(snapshot.definition())
              .with(snapshot.content())
              .with(volume.sharing().renewed(nowMillis));
        });
  }

  void delete(SnapshotId id) {
    var deleted = snapshots.remove(id);
    if (deleted != null && volumes.find(deleted.definition().id()).isPresent()) {
      countOn(deleted.definition().id(), Sharing::withoutSnapshot);
    }
  }

  Optional<Snapshot> find(SnapshotId id) {
    return Optional.ofNullable(snapshots.get(id));
  }

  Snapshot get(SnapshotId id) {
    return find(id).orElseThrow(() -> new Fault.NotFound(id).asException());
  }

  /// A snapshot shares with its volume what has not been rewritten since; all is its own when the
  /// volume is gone.
  SnapshotSeen seen(Snapshot snapshot, long nowMillis) {
    var volume = snapshot.definition().id();
    var bytes = snapshot.content().bytes();
    var unique =
        volumes.find(volume).isPresent()
            ? volumes.rewritten(volume, bytes, snapshot.takenAtMillis(), nowMillis)
            : bytes;
    return new SnapshotSeen(snapshot.id(), volume, snapshot.definition().sizeBytes(), unique);
  }

  private Volume countOn(VolumeId id, UnaryOperator<Sharing> effect) {
    return volumes.change(id, volume -> volume.with(effect.apply(volume.sharing())));
  }

  private static void requireOf(Snapshot existing, VolumeId wanted) {
    var of = existing.definition().id();
    if (!of.equals(wanted)) {
      var difference = "it is of volume %s, not %s".formatted(of, wanted);
      throw new Fault.Conflict(existing.id(), difference).asException();
    }
  }
}
