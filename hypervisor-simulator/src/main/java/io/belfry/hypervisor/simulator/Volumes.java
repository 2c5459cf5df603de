package io.belfry.hypervisor.simulator;

import io.belfry.hypervisor.CopyMode;
import io.belfry.hypervisor.CopySource;
import io.belfry.hypervisor.Device;
import io.belfry.hypervisor.Fault;
import io.belfry.hypervisor.HypervisorException;
import io.belfry.hypervisor.Id;
import io.belfry.hypervisor.SnapshotId;
import io.belfry.hypervisor.SnapshotSeen;
import io.belfry.hypervisor.VmDefinition;
import io.belfry.hypervisor.VmId;
import io.belfry.hypervisor.VolumeDefinition;
import io.belfry.hypervisor.VolumeId;
import io.belfry.hypervisor.VolumeSeen;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The volumes and their snapshots. Every method is one effect at one moment and waits for nothing.
final class Volumes {
  private final Storages storages;
  private final Activity activity;
  private final ConcurrentHashMap<VolumeId, Volume> volumes = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<SnapshotId, Snapshot> snapshots = new ConcurrentHashMap<>();

  Volumes(Storages storages, Activity activity) {
    this.storages = storages;
    this.activity = activity;
  }

  /// Adds a volume that is there already.
  void record(Inventory.Volume recorded) {
    var definition = recorded.definition();
    var content = new Content(recorded.usedBytes(), 0, recorded.guest());
    var volume = Volume.unused(definition, content, Sharing.NONE);
    if (volumes.putIfAbsent(definition.id(), volume) == null) {
      storages.take(definition.storage(), volume.storedBytes());
    }
  }

  /// Adds a snapshot that is there already, after its volume.
  void record(Inventory.Snapshot recorded) {
    var then = recorded.content();
    var takenAt = recorded.takenAt().toEpochMilli();
    var content = new Content(then.usedBytes(), 0, then.guest());
    var snapshot = new Snapshot(recorded.id(), then.definition(), content, takenAt);
    if (snapshots.putIfAbsent(recorded.id(), snapshot) == null) {
      volumes.computeIfPresent(
          then.definition().id(),
          (_, volume) -> volume.with(volume.sharing().withSnapshot(takenAt)));
    }
  }

  /// Makes a VM that is there already the user of its volumes, of those that exist.
  void recordUse(VmId vm, VmDefinition definition) {
    for (var id : volumesOf(definition)) {
      volumes.computeIfPresent(id, (_, volume) -> volume.usedBy(vm));
    }
  }

  // Effects

  /// Creates a volume, unless it is there.
  Volume create(VolumeDefinition definition, Content content, Sharing sharing) {
    return changeOrCreate(
        definition.id(),
        existing -> {
          if (existing != null) {
            requireSame(existing, definition);
            return existing;
          }
          return Volume.unused(definition, content, sharing);
        });
  }

  /// Creates a volume with the content of another, unless it is there.
  Volume copy(CopySource source, VolumeDefinition definition, CopyMode mode, long nowMillis) {
    var existing = existing(definition);
    if (existing.isPresent()) {
      return existing.get();
    }
    var content = copyable(source, definition);
    return switch (mode) {
      case FULL -> create(definition, content.copied(), Sharing.NONE);
      case LINKED -> {
        if (source instanceof CopySource.OfVolume(var id)) {
          change(id, volume -> volume.with(volume.sharing().withLink(nowMillis)));
        }
        yield create(definition, content.linked(), Sharing.NONE.withLink(nowMillis));
      }
    };
  }

  /// The volume that a definition asks for, if it is there.
  Optional<Volume> existing(VolumeDefinition definition) {
    var existing = find(definition.id());
    existing.ifPresent(volume -> requireSame(volume, definition));
    return existing;
  }

  /// What a source holds, refused when it is too much for a new volume.
  Content copyable(CopySource source, VolumeDefinition target) {
    return switch (source) {
      case CopySource.OfVolume(var id) -> {
        var volume = get(id);
        requireRoom(volume.definition(), target);
        yield volume.content();
      }
      case CopySource.OfSnapshot(var id) -> {
        var snapshot = get(id);
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

  Volume resize(VolumeId id, long sizeBytes) {
    return change(
        id,
        volume -> {
          var oldSizeBytes = volume.definition().sizeBytes();
          if (sizeBytes < oldSizeBytes) {
            throw new Fault.WouldShrink(id, oldSizeBytes, sizeBytes).asException();
          }
          return volume.with(volume.definition().withSize(sizeBytes));
        });
  }

  void delete(VolumeId id) {
    volumes.computeIfPresent(
        id,
        (_, volume) -> {
          if (!volume.users().isEmpty()) {
            throw inUse(volume, volume.users());
          }
          storages.take(volume.definition().storage(), -volume.storedBytes());
          return null;
        });
  }

  /// Makes a VM the user of its definition's volumes and no longer of those that only the one
  /// before has.
  void use(VmId vm, @Nullable VmDefinition before, @Nullable VmDefinition after) {
    var had = volumesOf(before);
    var wanted = volumesOf(after);
    var added = new ArrayList<VolumeId>();
    try {
      for (var id : wanted) {
        if (!had.contains(id)) {
          change(id, volume -> volume.usedBy(vm));
          added.add(id);
        }
      }
    } catch (HypervisorException e) {
      added.forEach(id -> release(id, vm));
      throw e;
    }
    had.stream().filter(id -> !wanted.contains(id)).forEach(id -> release(id, vm));
  }

  /// Takes a snapshot, unless it is there.
  Snapshot snapshot(SnapshotId id, VolumeId of, long nowMillis) {
    return changed(
        snapshots.compute(
            id,
            (_, existing) -> {
              if (existing != null) {
                requireOf(existing, of);
                return existing;
              }
              var volume = change(of, now -> now.with(now.sharing().withSnapshot(nowMillis)));
              return new Snapshot(id, volume.definition(), volume.content(), nowMillis);
            }));
  }

  /// Gives a volume back what a snapshot of it kept.
  ///
  /// @param writers of the users of a volume those that could be writing on it
  Volume revert(SnapshotId id, Function<Set<VmId>, Set<VmId>> writers, long nowMillis) {
    var snapshot = get(id);
    return change(
        snapshot.definition().id(),
        volume -> {
          var writing = writers.apply(volume.users());
          if (!writing.isEmpty()) {
            throw inUse(volume, writing);
          }
          return volume
              .with(snapshot.definition())
              .with(snapshot.content())
              .with(volume.sharing().renewed(nowMillis));
        });
  }

  void delete(SnapshotId id) {
    var deleted = snapshots.remove(id);
    if (deleted != null) {
      volumes.computeIfPresent(
          deleted.definition().id(),
          (_, volume) -> volume.with(volume.sharing().withoutSnapshot()));
    }
  }

  /// Puts another guest on a volume, in the place of the one installed.
  void install(VolumeId id, GuestImage guest) {
    change(id, volume -> volume.with(volume.content().with(guest)));
  }

  // Looking

  Optional<Volume> find(VolumeId id) {
    return Optional.ofNullable(volumes.get(id));
  }

  Optional<Snapshot> find(SnapshotId id) {
    return Optional.ofNullable(snapshots.get(id));
  }

  Volume get(VolumeId id) {
    return find(id).orElseThrow(() -> notFound(id));
  }

  private Snapshot get(SnapshotId id) {
    return find(id).orElseThrow(() -> notFound(id));
  }

  /// What a VM boots from: the first of its disks, in boot order, that something is installed on.
  Optional<Volume> bootVolume(VmDefinition vm) {
    return vm.devices(Device.Disk.class).stream()
        .sorted(Comparator.comparingInt(Device.Disk::bootOrder))
        .flatMap(disk -> find(disk.volume()).stream())
        .filter(volume -> volume.content().guest() != null)
        .findFirst();
  }

  /// @param guestTells whether a guest with running tools has it
  VolumeSeen seen(Volume volume, boolean guestTells, long nowMillis) {
    var used = volume.usedBytes();
    var unique =
        volume.sharing().isShared()
            ? rewritten(volume.id(), used, volume.sharing().sinceMillis(), nowMillis)
            : used;
    var guestUsed =
        guestTells
            ? (long) (volume.content().bytes() * activity.guestShare(volume.id(), nowMillis))
            : null;
    return new VolumeSeen(volume.definition(), used, unique, guestUsed);
  }

  /// A snapshot shares with its volume what has not been rewritten since; all is its own when the
  /// volume is gone.
  SnapshotSeen seen(Snapshot snapshot, long nowMillis) {
    var volume = snapshot.definition().id();
    var bytes = snapshot.content().bytes();
    var unique =
        volumes.containsKey(volume)
            ? rewritten(volume, bytes, snapshot.takenAtMillis(), nowMillis)
            : bytes;
    return new SnapshotSeen(snapshot.id(), volume, snapshot.definition().sizeBytes(), unique);
  }

  private long rewritten(VolumeId volume, long bytes, long sinceMillis, long nowMillis) {
    return (long) (bytes * activity.rewritten(volume, nowMillis - sinceMillis));
  }

  // Steps

  private Volume change(VolumeId id, UnaryOperator<Volume> effect) {
    return changeOrCreate(
        id,
        before -> {
          if (before == null) {
            throw notFound(id);
          }
          return effect.apply(before);
        });
  }

  /// The one place where a volume is replaced by its next version, and its space with it.
  private Volume changeOrCreate(VolumeId id, Function<@Nullable Volume, Volume> effect) {
    return changed(
        volumes.compute(
            id,
            (_, before) -> {
              var after = effect.apply(before);
              var more = after.storedBytes() - (before == null ? 0 : before.storedBytes());
              storages.reserve(after.definition().storage(), more);
              return after;
            }));
  }

  private void release(VolumeId id, VmId vm) {
    volumes.computeIfPresent(id, (_, volume) -> volume.unusedBy(vm));
  }

  private static Set<VolumeId> volumesOf(@Nullable VmDefinition vm) {
    return vm == null
        ? Set.of()
        : vm.devices(Device.Disk.class).stream()
            .map(Device.Disk::volume)
            .collect(Collectors.toSet());
  }

  private static void requireSame(Volume existing, VolumeDefinition wanted) {
    if (!existing.definition().equals(wanted)) {
      var difference = "it is %s, not %s".formatted(existing.definition(), wanted);
      throw new Fault.Conflict(wanted.id(), difference).asException();
    }
  }

  private static void requireOf(Snapshot existing, VolumeId wanted) {
    var of = existing.definition().id();
    if (!of.equals(wanted)) {
      var difference = "it is of volume %s, not %s".formatted(of, wanted);
      throw new Fault.Conflict(existing.id(), difference).asException();
    }
  }

  private static HypervisorException inUse(Volume volume, Set<VmId> users) {
    return new Fault.VolumeInUse(volume.id(), users.iterator().next()).asException();
  }

  private static HypervisorException notFound(Id id) {
    return new Fault.NotFound(id).asException();
  }

  private static <T> T changed(@Nullable T value) {
    return Objects.requireNonNull(value, "an effect leaves something");
  }
}
