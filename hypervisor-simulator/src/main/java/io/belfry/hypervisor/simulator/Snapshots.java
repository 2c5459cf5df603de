package io.belfry.hypervisor.simulator;

import io.belfry.hypervisor.Fault;
import io.belfry.hypervisor.SnapshotId;
import io.belfry.hypervisor.SnapshotSeen;
import io.belfry.hypervisor.VmId;
import io.belfry.hypervisor.VolumeId;
import io.belfry.hypervisor.simulator.WorldObject.Kind;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// The snapshots of volumes. Every method is one effect at one moment and waits for nothing.
final class Snapshots {
  private final Volumes volumes;
  private final ObjectsById<Snapshot> snapshots;

  Snapshots(Volumes volumes, Changes changes) {
    this.volumes = volumes;
    snapshots = new ObjectsById<>(Kind.SNAPSHOT, Snapshot.class, changes, (_, _) -> {});
  }

  ObjectsById<Snapshot> objects() {
    return snapshots;
  }

  /// Adds a snapshot that is there already, after its volume.
  void record(Inventory.Snapshot recorded) {
    if (find(recorded.id()).isPresent()) {
      return;
    }
    var then = recorded.content();
    var takenAt = recorded.takenAt().toEpochMilli();
    volumes
        .find(then.definition().id())
        .ifPresent(volume -> countOn(volume.id(), sharing -> sharing.withSnapshot(takenAt)));
    var content = new Content(then.usedBytes(), 0, then.guest());
    snapshots.set(new Snapshot(recorded.id(), then.definition(), content, takenAt));
  }

  /// Takes a snapshot, unless it is there.
  Snapshot take(SnapshotId id, VolumeId of, long nowMillis) {
    var existing = find(id);
    if (existing.isPresent()) {
      requireOf(existing.get(), of);
      return existing.get();
    }
    var volume = countOn(of, sharing -> sharing.withSnapshot(nowMillis));
    var taken = new Snapshot(id, volume.definition(), volume.content(), nowMillis);
    snapshots.set(taken);
    return taken;
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
    find(id)
        .ifPresent(deleted -> {
          snapshots.remove(id.value());
          volumes
              .find(deleted.definition().id())
              .ifPresent(volume -> countOn(volume.id(), Sharing::withoutSnapshot));
        });
  }

  Optional<Snapshot> find(SnapshotId id) {
    return snapshots.find(id.value());
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
