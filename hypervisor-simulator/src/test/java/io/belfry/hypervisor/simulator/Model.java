package io.belfry.hypervisor.simulator;

import static io.belfry.hypervisor.PowerState.RUNNING;
import static io.belfry.hypervisor.PowerState.STOPPED;
import static io.belfry.hypervisor.PowerState.SUSPENDED;

import io.belfry.hypervisor.Fault;
import io.belfry.hypervisor.HostId;
import io.belfry.hypervisor.PowerState;
import io.belfry.hypervisor.SnapshotId;
import io.belfry.hypervisor.VmId;
import io.belfry.hypervisor.VolumeId;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What a hypervisor should hold after each call, as simply as can be said: VMs without guests, on
/// hosts of so much memory. Every method changes the model and answers null, or leaves it and
/// answers the kind of fault to expect.
final class Model {
  final Map<String, Vm> vms = new TreeMap<>();
  final Map<String, Long> volumes = new TreeMap<>();
  final Map<String, Snapshot> snapshots = new TreeMap<>();
  private final long hostMemoryBytes;

  Model(long hostMemoryBytes) {
    this.hostMemoryBytes = hostMemoryBytes;
  }

  record Vm(HostId host, PowerState power, int cpus, long memoryBytes, Set<String> disks) {
    Vm {
      disks = new TreeSet<>(disks);
    }

    Vm power(PowerState other) {
      return new Vm(host, other, cpus, memoryBytes, disks);
    }

    Vm host(HostId other) {
      return new Vm(other, power, cpus, memoryBytes, disks);
    }

    Vm size(int otherCpus, long otherMemoryBytes) {
      return new Vm(host, power, otherCpus, otherMemoryBytes, disks);
    }

    Vm disks(Set<String> others) {
      return new Vm(host, power, cpus, memoryBytes, others);
    }

    Vm plus(VolumeId volume) {
      var more = new TreeSet<>(disks);
      more.add(volume.value());
      return disks(more);
    }

    Vm minus(VolumeId volume) {
      var fewer = new TreeSet<>(disks);
      fewer.remove(volume.value());
      return disks(fewer);
    }
  }

  record Snapshot(VolumeId volume, long sizeBytes) {}

  @Nullable Class<? extends Fault> define(VmId vm, HostId host, int cpus, long memoryBytes) {
    var before = vms.get(vm.value());
    var after = new Vm(host, STOPPED, cpus, memoryBytes, Set.of());
    if (before != null && before.power != STOPPED) {
      var same = before.equals(after.host(before.host).power(before.power));
      return same ? null : Fault.WrongState.class;
    }
    vms.put(vm.value(), before == null ? after : after.host(before.host));
    return null;
  }

  @Nullable Class<? extends Fault> undefine(VmId vm) {
    var before = vms.get(vm.value());
    if (before != null && before.power != STOPPED) {
      return Fault.WrongState.class;
    }
    vms.remove(vm.value());
    return null;
  }

  @Nullable Class<? extends Fault> start(VmId vm, HostId host) {
    var before = vms.get(vm.value());
    if (before == null) {
      return Fault.NotFound.class;
    }
    if (before.power != STOPPED) {
      var same = before.power == RUNNING && before.host.equals(host);
      return same ? null : Fault.WrongState.class;
    }
    return replaceIfRoom(vm, before.host(host).power(RUNNING));
  }

  @Nullable Class<? extends Fault> shutdown(VmId vm) {
    var before = vms.get(vm.value());
    if (before == null) {
      return Fault.NotFound.class;
    }
    return switch (before.power) {
      case RUNNING -> Fault.GuestDidNotReact.class;
      case SUSPENDED -> Fault.WrongState.class;
      case STOPPED, UNKNOWN -> null;
    };
  }

  @Nullable Class<? extends Fault> powerOff(VmId vm) {
    return from(vm, Set.of(RUNNING, SUSPENDED, STOPPED), before -> before.power(STOPPED));
  }

  @Nullable Class<? extends Fault> restart(VmId vm) {
    return from(vm, Set.of(RUNNING), before -> before);
  }

  @Nullable Class<? extends Fault> suspend(VmId vm) {
    return from(vm, Set.of(RUNNING, SUSPENDED), before -> before.power(SUSPENDED));
  }

  @Nullable Class<? extends Fault> resume(VmId vm) {
    return from(vm, Set.of(RUNNING, SUSPENDED), before -> before.power(RUNNING));
  }

  @Nullable Class<? extends Fault> migrate(VmId vm, HostId target) {
    var before = vms.get(vm.value());
    if (before == null) {
      return Fault.NotFound.class;
    }
    if (before.host.equals(target)) {
      return null;
    }
    if (before.power == SUSPENDED) {
      return Fault.WrongState.class;
    }
    return replaceIfRoom(vm, before.host(target));
  }

  @Nullable Class<? extends Fault> resize(VmId vm, int cpus, long memoryBytes) {
    var before = vms.get(vm.value());
    if (before == null) {
      return Fault.NotFound.class;
    }
    var after = before.size(cpus, memoryBytes);
    var shrinks = cpus < before.cpus || memoryBytes < before.memoryBytes;
    if (!after.equals(before)
        && (before.power == SUSPENDED || (before.power == RUNNING && shrinks))) {
      return Fault.WrongState.class;
    }
    return replaceIfRoom(vm, after);
  }

  @Nullable Class<? extends Fault> attach(VmId vm, VolumeId volume) {
    var before = vms.get(vm.value());
    if (before == null) {
      return Fault.NotFound.class;
    }
    if (before.disks.contains(volume.value())) {
      return null;
    }
    if (before.power == SUSPENDED) {
      return Fault.WrongState.class;
    }
    if (!volumes.containsKey(volume.value())) {
      return Fault.NotFound.class;
    }
    vms.put(vm.value(), before.plus(volume));
    return null;
  }

  @Nullable Class<? extends Fault> detach(VmId vm, VolumeId volume) {
    var before = vms.get(vm.value());
    if (before == null) {
      return Fault.NotFound.class;
    }
    if (!before.disks.contains(volume.value())) {
      return null;
    }
    return from(vm, Set.of(RUNNING, STOPPED), machine -> machine.minus(volume));
  }

  @Nullable Class<? extends Fault> createVolume(VolumeId volume, long sizeBytes) {
    var before = volumes.putIfAbsent(volume.value(), sizeBytes);
    return before == null || before == sizeBytes ? null : Fault.Conflict.class;
  }

  @Nullable Class<? extends Fault> copyVolume(VolumeId from, VolumeId to, long sizeBytes) {
    var source = volumes.get(from.value());
    var target = volumes.get(to.value());
    if (target != null) {
      return target == sizeBytes ? null : Fault.Conflict.class;
    }
    if (source == null) {
      return Fault.NotFound.class;
    }
    if (sizeBytes < source) {
      return Fault.WouldShrink.class;
    }
    volumes.put(to.value(), sizeBytes);
    return null;
  }

  @Nullable Class<? extends Fault> resizeVolume(VolumeId volume, long sizeBytes) {
    var before = volumes.get(volume.value());
    if (before == null) {
      return Fault.NotFound.class;
    }
    if (sizeBytes < before) {
      return Fault.WouldShrink.class;
    }
    volumes.put(volume.value(), sizeBytes);
    return null;
  }

  @Nullable Class<? extends Fault> deleteVolume(VolumeId volume) {
    if (vms.values().stream().anyMatch(vm -> vm.disks.contains(volume.value()))) {
      return Fault.VolumeInUse.class;
    }
    volumes.remove(volume.value());
    return null;
  }

  @Nullable Class<? extends Fault> snapshot(SnapshotId snapshot, VolumeId volume) {
    var existing = snapshots.get(snapshot.value());
    if (existing != null) {
      return existing.volume.equals(volume) ? null : Fault.Conflict.class;
    }
    var size = volumes.get(volume.value());
    if (size == null) {
      return Fault.NotFound.class;
    }
    snapshots.put(snapshot.value(), new Snapshot(volume, size));
    return null;
  }

  @Nullable Class<? extends Fault> revert(SnapshotId id) {
    var snapshot = snapshots.get(id.value());
    if (snapshot == null || !volumes.containsKey(snapshot.volume.value())) {
      return Fault.NotFound.class;
    }
    var volume = snapshot.volume.value();
    if (vms.values().stream().anyMatch(vm -> vm.power != STOPPED && vm.disks.contains(volume))) {
      return Fault.VolumeInUse.class;
    }
    volumes.put(volume, snapshot.sizeBytes);
    return null;
  }

  @Nullable Class<? extends Fault> deleteSnapshot(SnapshotId snapshot) {
    snapshots.remove(snapshot.value());
    return null;
  }

  long usedMemoryBytes(HostId host) {
    return vms.values().stream()
        .filter(vm -> vm.power != STOPPED && vm.host.equals(host))
        .mapToLong(Vm::memoryBytes)
        .sum();
  }

  private @Nullable Class<? extends Fault> from(
      VmId vm, Set<PowerState> allowed, UnaryOperator<Vm> effect) {
    var before = vms.get(vm.value());
    if (before == null) {
      return Fault.NotFound.class;
    }
    if (!allowed.contains(before.power)) {
      return Fault.WrongState.class;
    }
    vms.put(vm.value(), effect.apply(before));
    return null;
  }

  private @Nullable Class<? extends Fault> replaceIfRoom(VmId vm, Vm after) {
    var before = vms.put(vm.value(), after);
    if (before != null && usedMemoryBytes(after.host) > hostMemoryBytes) {
      vms.put(vm.value(), before);
      return Fault.NotEnoughMemory.class;
    }
    return null;
  }
}
