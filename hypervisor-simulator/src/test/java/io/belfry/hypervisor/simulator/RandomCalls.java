package io.belfry.hypervisor.simulator;

import static io.belfry.hypervisor.simulator.SimulatedLab.GIB;
import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.hypervisor.Consistency;
import io.belfry.hypervisor.CopyMode;
import io.belfry.hypervisor.CopySource.OfVolume;
import io.belfry.hypervisor.Cpu;
import io.belfry.hypervisor.Device;
import io.belfry.hypervisor.Device.Bus;
import io.belfry.hypervisor.Device.Disk;
import io.belfry.hypervisor.DeviceId;
import io.belfry.hypervisor.Fault;
import io.belfry.hypervisor.Firmware;
import io.belfry.hypervisor.HostId;
import io.belfry.hypervisor.HostSeen;
import io.belfry.hypervisor.HypervisorException;
import io.belfry.hypervisor.Progress;
import io.belfry.hypervisor.SnapshotId;
import io.belfry.hypervisor.SnapshotSeen;
import io.belfry.hypervisor.VmDefinition;
import io.belfry.hypervisor.VmId;
import io.belfry.hypervisor.VmSeen;
import io.belfry.hypervisor.VolumeDefinition;
import io.belfry.hypervisor.VolumeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Random calls, each by one of several simulators of the same world, which must leave it where
/// they leave [Model]. A failure names the seed and the calls.
public final class RandomCalls {
  private static final List<VmId> VMS =
      List.of(new VmId("vm-a"), new VmId("vm-b"), new VmId("vm-c"));
  private static final List<HostId> HOSTS = List.of(SimulatedLab.HERE, SimulatedLab.THERE);
  private static final List<VolumeId> VOLUMES =
      List.of(new VolumeId("volume-a"), new VolumeId("volume-b"), new VolumeId("volume-c"));
  private static final List<SnapshotId> SNAPSHOTS =
      List.of(new SnapshotId("snapshot-a"), new SnapshotId("snapshot-b"));
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final long seed;
  private final Random random;
  private final Model model = new Model(GIB);
  private final List<String> calls = new ArrayList<>();
  private SimulatedHypervisor driver;

  /// @param driver makes the first call
  public RandomCalls(long seed, SimulatedHypervisor driver) {
    this.seed = seed;
    this.random = new Random(seed);
    this.driver = driver;
  }

  /// Makes a call.
  public void make() throws InterruptedException {
    callOnBoth();
    assertSame("seed %s after %s".formatted(seed, calls));
  }

  /// Makes a call and lets another simulator look, and make those that follow.
  public void makeAndPassOn(SimulatedHypervisor other) throws InterruptedException {
    callOnBoth();
    driver = other;
    assertSame("seed %s after %s".formatted(seed, calls));
  }

  private void callOnBoth() throws InterruptedException {
    var vm = any(VMS, random);
    var host = any(HOSTS, random);
    var volume = any(VOLUMES, random);
    var other = any(VOLUMES, random);
    var snapshot = any(SNAPSHOTS, random);
    var cpus = random.nextInt(1, 4);
    var memory = random.nextLong(1, 4) * GIB / 4;
    var size = random.nextLong(1, 4) * GIB;
    switch (random.nextInt(19)) {
      case 0 ->
          call(
              "define %s on %s with %s CPUs, %s bytes".formatted(vm, host, cpus, memory),
              () -> model.define(vm, host, cpus, memory),
              () -> driver.define(definition(vm, cpus, memory), host));
      case 1 -> call("undefine " + vm, () -> model.undefine(vm), () -> driver.undefine(vm));
      case 2, 3 ->
          call(
              "start %s on %s".formatted(vm, host),
              () -> model.start(vm, host),
              () -> driver.start(vm, host));
      case 4 ->
          call("shutdown " + vm, () -> model.shutdown(vm), () -> driver.shutdown(vm, PATIENCE));
      case 5 -> call("powerOff " + vm, () -> model.powerOff(vm), () -> driver.powerOff(vm));
      case 6 -> call("reset " + vm, () -> model.restart(vm), () -> driver.reset(vm));
      case 7 -> call("suspend " + vm, () -> model.suspend(vm), () -> driver.suspend(vm));
      case 8 -> call("resume " + vm, () -> model.resume(vm), () -> driver.resume(vm));
      case 9 ->
          call(
              "migrate %s to %s".formatted(vm, host),
              () -> model.migrate(vm, host),
              () -> driver.migrate(vm, host, Progress.IGNORED));
      case 10 ->
          call(
              "resize %s to %s CPUs, %s bytes".formatted(vm, cpus, memory),
              () -> model.resize(vm, cpus, memory),
              () -> driver.resize(vm, new Cpu(cpus, 1), memory));
      case 11 ->
          call(
              "attach %s to %s".formatted(volume, vm),
              () -> model.attach(vm, volume),
              () -> driver.attach(vm, disk(volume)));
      case 12 ->
          call(
              "detach %s from %s".formatted(volume, vm),
              () -> model.detach(vm, volume),
              () -> driver.detach(vm, disk(volume).id()));
      case 13 ->
          call(
              "create %s of %s bytes".formatted(volume, size),
              () -> model.createVolume(volume, size),
              () -> driver.createVolume(definition(volume, size)));
      case 14 ->
          call(
              "copy %s to %s of %s bytes".formatted(volume, other, size),
              () -> model.copyVolume(volume, other, size),
              () ->
                  driver.copyVolume(
                      new OfVolume(volume),
                      definition(other, size),
                      CopyMode.FULL,
                      Progress.IGNORED));
      case 15 ->
          call(
              "resize %s to %s bytes".formatted(volume, size),
              () -> model.resizeVolume(volume, size),
              () -> driver.resizeVolume(volume, size));
      case 16 ->
          call(
              "delete " + volume,
              () -> model.deleteVolume(volume),
              () -> driver.deleteVolume(volume));
      case 17 ->
          call(
              "snapshot %s as %s".formatted(volume, snapshot),
              () -> model.snapshot(snapshot, volume),
              () -> driver.snapshot(Map.of(snapshot, volume), Consistency.CRASH));
      default -> {
        call("revert " + snapshot, () -> model.revert(snapshot), () -> driver.revert(snapshot));
        call(
            "delete " + snapshot,
            () -> model.deleteSnapshot(snapshot),
            () -> driver.deleteSnapshot(snapshot));
      }
    }
  }

  private interface Call {
    void make() throws InterruptedException;
  }

  private void call(String text, Supplier<@Nullable Class<? extends Fault>> onModel, Call onDriver)
      throws InterruptedException {
    calls.add(text);
    Class<? extends Fault> fault = null;
    try {
      onDriver.make();
    } catch (HypervisorException e) {
      fault = e.fault().getClass();
    }
    assertThat(fault).as(calls.toString()).isEqualTo(onModel.get());
  }

  private void assertSame(String description) {
    var vms = new TreeMap<String, Model.Vm>();
    for (var vm : VMS) {
      driver.observe(vm).ifPresent(seen -> vms.put(vm.value(), modelled(seen)));
    }
    assertThat(vms).as(description).isEqualTo(model.vms);
    var volumes = new TreeMap<String, Long>();
    for (var volume : VOLUMES) {
      driver
          .observeVolume(volume)
          .ifPresent(seen -> volumes.put(volume.value(), seen.definition().sizeBytes()));
    }
    assertThat(volumes).as(description).isEqualTo(model.volumes);
    var snapshots = new TreeMap<String, Model.Snapshot>();
    for (var snapshot : SNAPSHOTS) {
      driver
          .observeSnapshot(snapshot)
          .ifPresent(seen -> snapshots.put(snapshot.value(), modelled(seen)));
    }
    assertThat(snapshots).as(description).isEqualTo(model.snapshots);
    for (var host : driver.hosts()) {
      assertThat(host.usedMemoryBytes())
          .as(description)
          .isEqualTo(model.usedMemoryBytes(host.id()));
      assertThat(driver.observeAll(host.id())).as(description).allMatch(vm -> isOn(host, vm));
    }
  }

  private static boolean isOn(HostSeen host, VmSeen vm) {
    return vm.host().equals(host.id());
  }

  private static Model.Vm modelled(VmSeen seen) {
    var vm = seen.definition();
    var disks =
        vm.devices(Disk.class).stream()
            .map(disk -> disk.volume().value())
            .collect(Collectors.toSet());
    return new Model.Vm(seen.host(), seen.power(), vm.cpu().count(), vm.memoryBytes(), disks);
  }

  private static Model.Snapshot modelled(SnapshotSeen seen) {
    return new Model.Snapshot(seen.volume(), seen.sizeBytes());
  }

  private static VmDefinition definition(VmId vm, int cpus, long memoryBytes) {
    var cpu = new Cpu(cpus, 1);
    return new VmDefinition(vm, "vm", cpu, memoryBytes, Firmware.UEFI, List.of(), null);
  }

  private static VolumeDefinition definition(VolumeId volume, long sizeBytes) {
    return new VolumeDefinition(volume, SimulatedLab.STORAGE, sizeBytes, SimulatedLab.THIN);
  }

  private static Device disk(VolumeId volume) {
    return new Disk(new DeviceId(volume.value()), volume, Bus.VIRTIO, 0);
  }

  private static <T> T any(List<T> all, Random random) {
    return all.get(random.nextInt(all.size()));
  }
}
