package io.belfry.hypervisor.simulator;

import io.belfry.hypervisor.Device;
import io.belfry.hypervisor.Fault;
import io.belfry.hypervisor.HypervisorException;
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

/// The volumes. Every method is one effect at one moment and waits for nothing.
final class Volumes {
  private final Storages storages;
  private final Activity activity;
  private final ConcurrentHashMap<VolumeId, Volume> volumes = new ConcurrentHashMap<>();

  Volumes(Storages storages, Activity activity) {
    this.storages = storages;
    this.activity = activity;
  }

  /// Adds a volume that is there already.
  void record(Inventory.Volume recorded) {
    volumes.computeIfAbsent(
        recorded.definition().id(),
        _ -> {
          var content = new Content(recorded.usedBytes(), 0, recorded.guest());
          var volume = Volume.unused(recorded.definition(), content, Sharing.NONE);
          storages.take(recorded.definition().storage(), volume.storedBytes());
          return volume;
        });
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

  /// The volume that a definition asks for, if it is there.
  Optional<Volume> existing(VolumeDefinition definition) {
    var existing = find(definition.id());
    existing.ifPresent(volume -> requireSame(volume, definition));
    return existing;
  }

  /// Makes the content of a volume shared.
  void share(VolumeId id, long nowMillis) {
    change(id, volume -> volume.with(volume.sharing().withLink(nowMillis)));
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
            throw volume.inUseBy(volume.users().iterator().next());
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

  /// Puts another guest on a volume, in the place of the one installed.
  void install(VolumeId id, GuestImage guest) {
    change(id, volume -> volume.with(volume.content().with(guest)));
  }

  // Looking

  Optional<Volume> find(VolumeId id) {
    return Optional.ofNullable(volumes.get(id));
  }

  Volume get(VolumeId id) {
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

  /// How much of some content of a volume has been written anew since a moment.
  long rewritten(VolumeId volume, long bytes, long sinceMillis, long nowMillis) {
    return (long) (bytes * activity.rewritten(volume, nowMillis - sinceMillis));
  }

  // Steps

  /// Replaces a volume that exists.
  Volume change(VolumeId id, UnaryOperator<Volume> effect) {
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
    return Objects.requireNonNull(
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

  private static HypervisorException notFound(VolumeId id) {
    return new Fault.NotFound(id).asException();
  }
}
