package io.belfry.hypervisor.simulator;

import io.belfry.hypervisor.Device;
import io.belfry.hypervisor.Fault;
import io.belfry.hypervisor.HypervisorException;
import io.belfry.hypervisor.VmDefinition;
import io.belfry.hypervisor.VmId;
import io.belfry.hypervisor.VolumeDefinition;
import io.belfry.hypervisor.VolumeId;
import io.belfry.hypervisor.VolumeSeen;
import io.belfry.hypervisor.simulator.WorldObject.Kind;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The volumes. Every method is one effect at one moment and waits for nothing.
final class Volumes {
  private final Storages storages;
  private final Activity activity;
  private final ObjectsById<Volume> volumes;

  Volumes(Storages storages, Activity activity, Changes changes) {
    this.storages = storages;
    this.activity = activity;
    volumes = new ObjectsById<>(Kind.VOLUME, Volume.class, changes, storages::replace);
  }

  ObjectsById<Volume> objects() {
    return volumes;
  }

  /// Adds a volume that is there already.
  void record(Inventory.Volume recorded) {
    if (find(recorded.definition().id()).isEmpty()) {
      var content = new Content(recorded.usedBytes(), 0, recorded.guest());
      volumes.set(Volume.unused(recorded.definition(), content, Sharing.NONE));
    }
  }

  /// Makes a VM that is there already the user of its volumes, of those that exist.
  void recordUse(VmId vm, VmDefinition definition) {
    for (var id : volumesOf(definition)) {
      find(id).ifPresent(volume -> volumes.set(volume.usedBy(vm)));
    }
  }

  // Effects

  /// Creates a volume, unless it is there.
  Volume create(VolumeDefinition definition, Content content, Sharing sharing) {
    return existing(definition)
        .orElseGet(() -> replace(null, Volume.unused(definition, content, sharing)));
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
    find(id)
        .ifPresent(volume -> {
          if (!volume.users().isEmpty()) {
            throw volume.inUseBy(volume.users().iterator().next());
          }
          volumes.remove(id.value());
        });
  }

  /// Makes a VM the user of its definition's volumes and no longer of those that only the one
  /// before has.
  void use(VmId vm, @Nullable VmDefinition before, @Nullable VmDefinition after) {
    var had = volumesOf(before);
    var wanted = volumesOf(after);
    wanted.stream()
        .filter(id -> !had.contains(id))
        .map(this::get)
        .toList()
        .forEach(volume -> volumes.set(volume.usedBy(vm)));
    had.stream()
        .filter(id -> !wanted.contains(id))
        .flatMap(id -> find(id).stream())
        .toList()
        .forEach(volume -> volumes.set(volume.unusedBy(vm)));
  }

  /// Puts another guest on a volume, in the place of the one installed.
  void install(VolumeId id, GuestImage guest) {
    change(id, volume -> volume.with(volume.content().with(guest)));
  }

  // Looking

  Optional<Volume> find(VolumeId id) {
    return volumes.find(id.value());
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
    var before = get(id);
    return replace(before, effect.apply(before));
  }

  /// Replaces a volume by its next version, if there is space for that.
  private Volume replace(@Nullable Volume before, Volume after) {
    var more = after.storedBytes() - (before == null ? 0 : before.storedBytes());
    storages.requireRoom(after.definition().storage(), more);
    volumes.set(after);
    return after;
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
