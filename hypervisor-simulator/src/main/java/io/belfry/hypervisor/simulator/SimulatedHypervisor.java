package io.belfry.hypervisor.simulator;

import io.belfry.hypervisor.CloudInitCheck;
import io.belfry.hypervisor.Consistency;
import io.belfry.hypervisor.CopyMode;
import io.belfry.hypervisor.CopySource;
import io.belfry.hypervisor.Cpu;
import io.belfry.hypervisor.Device;
import io.belfry.hypervisor.DeviceId;
import io.belfry.hypervisor.Fault;
import io.belfry.hypervisor.GuestSeen;
import io.belfry.hypervisor.GuestSeen.Tools;
import io.belfry.hypervisor.HostId;
import io.belfry.hypervisor.HostSeen;
import io.belfry.hypervisor.HostState;
import io.belfry.hypervisor.HypervisorDriver;
import io.belfry.hypervisor.Id;
import io.belfry.hypervisor.ImageId;
import io.belfry.hypervisor.NetworkId;
import io.belfry.hypervisor.PowerState;
import io.belfry.hypervisor.Progress;
import io.belfry.hypervisor.SnapshotId;
import io.belfry.hypervisor.SnapshotSeen;
import io.belfry.hypervisor.StorageId;
import io.belfry.hypervisor.UsageHistory;
import io.belfry.hypervisor.UsageSeen;
import io.belfry.hypervisor.VmDefinition;
import io.belfry.hypervisor.VmId;
import io.belfry.hypervisor.VmSeen;
import io.belfry.hypervisor.VolumeDefinition;
import io.belfry.hypervisor.VolumeId;
import io.belfry.hypervisor.VolumeSeen;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// A driver whose hypervisor is in this process. Safe to use from any number of threads; calls wait
/// without holding anything.
///
/// Every call does the same: faults may strike, time passes, the effect takes place at one moment,
/// faults may strike again, and what is there then is answered.
public final class SimulatedHypervisor implements HypervisorDriver {
  private final SimulatedTime time;
  private final Faults faults;
  private final Activity activity;
  private final Hosts hosts = new Hosts();
  private final Storages storages = new Storages();
  private final Volumes volumes;
  private final Snapshots snapshots;
  private final Copying copying;
  private final Guests guests;
  private final Machines machines;
  private final UsageHistory history;

  /// An empty data centre.
  ///
  /// @param seed decides all that looks random
  public SimulatedHypervisor(long seed, SimulatedTime time, Faults faults) {
    this.time = time;
    this.faults = faults;
    var networks = new Networks(seed);
    activity = new Activity(seed);
    volumes = new Volumes(storages, activity);
    snapshots = new Snapshots(volumes);
    copying = new Copying(volumes, snapshots);
    guests = new Guests(networks, volumes, time.speed());
    machines = new Machines(hosts, volumes, networks, guests);
    history = new SimulatedHistory(hosts, machines, activity);
  }

  /// Adds what somebody's records say exists; takes no simulated time. Hosts and storages that
  /// exist get the recorded state and size, other things that exist stay as they are. May be called
  /// again, as when a cluster is added or a host's state changes.
  ///
  /// @throws io.belfry.hypervisor.HypervisorException [Fault.NotFound] when a VM's host or a
  ///   volume's storage is neither recorded nor there
  public void restore(Inventory inventory) {
    inventory.hosts().forEach(hosts::put);
    inventory.storages().forEach(storages::put);
    inventory.toolsImages().forEach(machines::record);
    inventory.volumes().forEach(volumes::record);
    inventory.snapshots().forEach(snapshots::record);
    inventory.vms().forEach(vm -> machines.record(vm, time.nowMillis()));
  }

  /// Lets a host answer or not, or take VMs or not, from now on. What its VMs do stays as it is.
  ///
  /// @throws io.belfry.hypervisor.HypervisorException [Fault.NotFound] when there is no such host
  public void changeHost(HostId host, HostState state) {
    hosts.change(host, state);
  }

  // VMs

  @Override
  public VmSeen define(VmDefinition definition, HostId host) throws InterruptedException {
    CloudInitCheck.check(definition);
    return act(
        call("define", definition.id()).at(host),
        takes(Pace.EDIT),
        () -> seen(machines.define(definition, host)));
  }

  @Override
  public void undefine(VmId vm) throws InterruptedException {
    run("undefine", vm, () -> machines.undefine(vm));
  }

  @Override
  public VmSeen start(VmId vm, HostId host) throws InterruptedException {
    return act(
        call("start", vm).at(host).wanting(memoryBytes(vm)),
        takes(Pace.START),
        () -> seen(machines.start(vm, host, time.nowMillis())));
  }

  @Override
  public VmSeen shutdown(VmId vm, Duration patience) throws InterruptedException {
    return actOn(
        vm,
        "shutdown",
        () -> {
          if (!guestEnds("shutdown", vm, patience)) {
            throw new Fault.GuestDidNotReact(vm, patience).asException();
          }
        },
        () -> machines.stop(vm));
  }

  @Override
  public VmSeen powerOff(VmId vm) throws InterruptedException {
    return actOn(vm, "powerOff", takes(Pace.EDIT), () -> machines.stop(vm));
  }

  @Override
  public VmSeen restart(VmId vm, Duration patience) throws InterruptedException {
    return actOn(
        vm,
        "restart",
        () -> guestEnds("restart", vm, patience),
        () -> machines.reset(vm, time.nowMillis()));
  }

  /// Asks the guest to shut down and waits; true when it has nothing left to do.
  private boolean guestEnds(String call, VmId vm, Duration patience) throws InterruptedException {
    var machine = machines.reachable(vm);
    if (machine.isStopped()) {
      return true;
    }
    if (!machine.isRunning()) {
      throw machine.cannot("be shut down");
    }
    var limit = time.speed().scaled(patience);
    var needed =
        faults.silencesGuest(call(call, vm))
            ? Optional.<Duration>empty()
            : guests.shutdownTime(machine, time.nowMillis());
    var reacts = needed.filter(shutdown -> shutdown.compareTo(limit) <= 0);
    time.pause(reacts.orElse(limit));
    return reacts.isPresent() || machines.get(vm).isStopped();
  }

  @Override
  public VmSeen reset(VmId vm) throws InterruptedException {
    return actOn(vm, "reset", takes(Pace.EDIT), () -> machines.reset(vm, time.nowMillis()));
  }

  @Override
  public VmSeen suspend(VmId vm) throws InterruptedException {
    return actOn(vm, "suspend", takes(Pace.EDIT), () -> machines.suspend(vm, time.nowMillis()));
  }

  @Override
  public VmSeen resume(VmId vm) throws InterruptedException {
    return actOn(vm, "resume", takes(Pace.EDIT), () -> machines.resume(vm, time.nowMillis()));
  }

  @Override
  public VmSeen migrate(VmId vm, HostId target, Progress progress) throws InterruptedException {
    return act(
        call("migrate", vm).at(target).wanting(memoryBytes(vm)),
        () -> {
          var machine = machines.reachable(vm);
          machines.requireMovable(machine, target);
          if (!machine.host().equals(target)) {
            time.pass(Pace.migration(machine.heldMemoryBytes()), progress);
          }
        },
        () -> seen(machines.migrate(vm, target)));
  }

  @Override
  public VmSeen resize(VmId vm, Cpu cpu, long memoryBytes) throws InterruptedException {
    return act(
        call("resize", vm).wanting(Math.max(0, memoryBytes - memoryBytes(vm))),
        takes(Pace.EDIT),
        () -> seen(machines.resize(vm, cpu, memoryBytes)));
  }

  @Override
  public VmSeen attach(VmId vm, Device device) throws InterruptedException {
    return actOn(
        vm, "attach", takes(Pace.EDIT), () -> machines.attach(vm, device, time.nowMillis()));
  }

  @Override
  public VmSeen update(VmId vm, Device device) throws InterruptedException {
    return actOn(
        vm, "update", takes(Pace.EDIT), () -> machines.update(vm, device, time.nowMillis()));
  }

  @Override
  public VmSeen detach(VmId vm, DeviceId device) throws InterruptedException {
    return actOn(vm, "detach", takes(Pace.EDIT), () -> machines.detach(vm, device));
  }

  // Volumes

  @Override
  public VolumeSeen createVolume(VolumeDefinition definition) throws InterruptedException {
    return act(
        call("createVolume", definition),
        takes(Pace.EDIT),
        () -> seen(volumes.create(definition, Content.EMPTY, Sharing.NONE)));
  }

  @Override
  public VolumeSeen copyVolume(
      CopySource source, VolumeDefinition definition, CopyMode mode, Progress progress)
      throws InterruptedException {
    return act(
        call("copyVolume", definition),
        () -> {
          var bytes = copying.bytesToWrite(source, definition, mode);
          time.pass(Pace.copy(bytes), progress);
        },
        () -> seen(copying.copy(source, definition, mode, time.nowMillis())));
  }

  @Override
  public VolumeSeen resizeVolume(VolumeId volume, long sizeBytes) throws InterruptedException {
    return act(
        call("resizeVolume", volume).wanting(sizeBytes),
        takes(Pace.EDIT),
        () -> seen(volumes.resize(volume, sizeBytes)));
  }

  @Override
  public void deleteVolume(VolumeId volume) throws InterruptedException {
    run("deleteVolume", volume, () -> volumes.delete(volume));
  }

  // Snapshots

  @Override
  public List<SnapshotSeen> snapshot(Map<SnapshotId, VolumeId> wanted, Consistency consistency)
      throws InterruptedException {
    if (wanted.isEmpty()) {
      return List.of();
    }
    return act(
        call("snapshot", wanted.keySet().iterator().next()),
        () -> {
          requireConsistent(wanted, consistency);
          time.pass(Pace.SNAPSHOT);
        },
        () -> {
          requireConsistent(wanted, consistency);
          var now = time.nowMillis();
          return wanted.entrySet().stream()
              .map(one -> seen(snapshots.take(one.getKey(), one.getValue(), now)))
              .toList();
        });
  }

  /// Of the snapshots that are not there yet, refuses those of volumes that do not exist, or whose
  /// guests cannot make their file systems consistent.
  private void requireConsistent(Map<SnapshotId, VolumeId> wanted, Consistency consistency) {
    for (var one : wanted.entrySet()) {
      if (snapshots.find(one.getKey()).isEmpty()) {
        var users = machines.notStopped(volumes.get(one.getValue()).users());
        if (consistency == Consistency.FILE_SYSTEM) {
          users.forEach(this::requireTools);
        }
      }
    }
  }

  private void requireTools(VmId vm) {
    if (!guests.toolsRun(machines.get(vm), time.nowMillis())) {
      throw new Fault.GuestToolsNotRunning(vm).asException();
    }
  }

  @Override
  public VolumeSeen revert(SnapshotId snapshot) throws InterruptedException {
    return act(
        call("revert", snapshot),
        takes(Pace.SNAPSHOT),
        () -> seen(snapshots.revert(snapshot, machines::notStopped, time.nowMillis())));
  }

  @Override
  public void deleteSnapshot(SnapshotId snapshot) throws InterruptedException {
    run("deleteSnapshot", snapshot, () -> snapshots.delete(snapshot));
  }

  // Observation

  @Override
  public Optional<VmSeen> observe(VmId vm) {
    return machines.find(vm).map(this::seen);
  }

  @Override
  public List<VmSeen> observeAll(HostId host) {
    hosts.requireReachable(host);
    return hosts.vms(host).stream().flatMap(vm -> observe(vm).stream()).toList();
  }

  @Override
  public Optional<VolumeSeen> observeVolume(VolumeId volume) {
    return volumes.find(volume).map(this::seen);
  }

  @Override
  public Optional<SnapshotSeen> observeSnapshot(SnapshotId snapshot) {
    return snapshots.find(snapshot).map(this::seen);
  }

  @Override
  public List<HostSeen> hosts() {
    return hosts.seen();
  }

  @Override
  public UsageHistory history() {
    return history;
  }

  private VmSeen seen(Machine machine) {
    var now = time.nowMillis();
    var disks = machine.definition().devices(Device.Disk.class);
    var guestTells = guests.toolsRun(machine, now);
    var volumesSeen =
        disks.stream()
            .flatMap(disk -> volumes.find(disk.volume()).stream())
            .map(volume -> volumes.seen(volume, guestTells, now))
            .toList();
    if (!hosts.isReachable(machine.host())) {
      return new VmSeen(
          machine.definition(),
          machine.host(),
          PowerState.UNKNOWN,
          GuestSeen.silent(Tools.UNKNOWN),
          UsageSeen.NONE,
          volumesSeen);
    }
    return new VmSeen(
        machine.definition(),
        machine.host(),
        machine.power(),
        guests.seen(machine, now),
        usage(machine, now),
        volumesSeen);
  }

  private UsageSeen usage(Machine machine, long now) {
    if (!machine.isRunning()) {
      return UsageSeen.NONE;
    }
    return machine.guest() == null
        ? activity.ofFirmware(machine.id(), now)
        : activity.ofGuest(machine.id(), now);
  }

  private VolumeSeen seen(Volume volume) {
    var now = time.nowMillis();
    var guestTells =
        volume.users().stream()
            .flatMap(vm -> machines.find(vm).stream())
            .anyMatch(machine -> guests.toolsRun(machine, now));
    return volumes.seen(volume, guestTells, now);
  }

  private SnapshotSeen seen(Snapshot snapshot) {
    return snapshots.seen(snapshot, time.nowMillis());
  }

  // What every call does

  /// What passes before a call's effect.
  @FunctionalInterface
  private interface Preparation {
    void await() throws InterruptedException;
  }

  private Preparation takes(Duration real) {
    return () -> time.pass(real);
  }

  /// A call and where it takes place.
  private Faults.Call call(String name, Id about) {
    var call = new Faults.Call(name, about);
    var place =
        switch (about) {
          case VmId vm -> machines.find(vm).map(Machine::host);
          case VolumeId id -> volumes.find(id).map(volume -> volume.definition().storage());
          case DeviceId _, HostId _, ImageId _, NetworkId _, SnapshotId _, StorageId _ ->
              Optional.<Id>empty();
        };
    return place.map(call::at).orElse(call);
  }

  private Faults.Call call(String name, VolumeDefinition wanted) {
    return call(name, wanted.id()).at(wanted.storage()).wanting(wanted.sizeBytes());
  }

  private long memoryBytes(VmId vm) {
    return machines.find(vm).map(machine -> machine.definition().memoryBytes()).orElse(0L);
  }

  private VmSeen actOn(VmId vm, String name, Preparation preparation, Supplier<Machine> effect)
      throws InterruptedException {
    return act(call(name, vm), preparation, () -> seen(effect.get()));
  }

  private void run(String name, Id about, Runnable effect) throws InterruptedException {
    var call = call(name, about);
    faults.before(call);
    time.pass(Pace.EDIT);
    effect.run();
    faults.after(call);
  }

  private <T> T act(Faults.Call call, Preparation preparation, Supplier<T> effect)
      throws InterruptedException {
    faults.before(call);
    preparation.await();
    var seen = effect.get();
    faults.after(call);
    return seen;
  }
}
