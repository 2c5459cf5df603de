package io.belfry.hypervisor.simulator;

import io.belfry.hypervisor.CloudInitCheck;
import io.belfry.hypervisor.Consistency;
import io.belfry.hypervisor.CopyMode;
import io.belfry.hypervisor.CopySource;
import io.belfry.hypervisor.Cpu;
import io.belfry.hypervisor.Device;
import io.belfry.hypervisor.DeviceId;
import io.belfry.hypervisor.Fault;
import io.belfry.hypervisor.HostId;
import io.belfry.hypervisor.HostSeen;
import io.belfry.hypervisor.HostState;
import io.belfry.hypervisor.HypervisorDriver;
import io.belfry.hypervisor.Id;
import io.belfry.hypervisor.ImageId;
import io.belfry.hypervisor.NetworkId;
import io.belfry.hypervisor.Progress;
import io.belfry.hypervisor.SnapshotId;
import io.belfry.hypervisor.SnapshotSeen;
import io.belfry.hypervisor.StorageId;
import io.belfry.hypervisor.UsageHistory;
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
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;

/// A driver whose hypervisor is in this process, and in all others that have the same [WorldLog].
/// Safe to use from any number of threads; calls wait for simulated time without holding anything.
///
/// Every call does the same: faults may strike, time passes, the effect takes place at one moment,
/// faults may strike again, and what was there after the effect is answered.
public final class SimulatedHypervisor implements HypervisorDriver {
  private final SimulatedTime time;
  private final Faults faults;
  private final Turns turns;
  private final UsageHistory history;

  /// An empty data centre, which ends with this simulator.
  ///
  /// @param seed decides all that looks random
  public SimulatedHypervisor(long seed, SimulatedTime time, Faults faults) {
    this(seed, time, faults, WorldLog.NONE);
  }

  /// The data centre of a log, as it is now.
  ///
  /// @param seed decides all that looks random; the same for all who share the log
  /// @throws RuntimeException that the log can't be read
  public SimulatedHypervisor(long seed, SimulatedTime time, Faults faults, WorldLog log) {
    this.time = time;
    this.faults = faults;
    turns = new Turns(log, () -> new World(seed, time.speed()), time::nowMillis);
    history = new SimulatedHistory(turns, new Activity(seed));
  }

  /// Adds what somebody's records say exists, to this simulator's view of the world only; takes no
  /// simulated time. Hosts and storages that exist get the recorded state and size, unless
  /// [#changeHost] gave a host another; other things that exist stay as they are. May be called
  /// again, as when a cluster is added.
  ///
  /// @throws io.belfry.hypervisor.HypervisorException [Fault.NotFound] when a VM's host or a
  ///   volume's storage is neither recorded nor there
  public void restore(Inventory inventory) {
    turns.restore(inventory);
  }

  /// Puts a host into a state, as a power cut or an administrator would; takes no simulated time.
  /// What its VMs do stays as it is, though records may lose sight of them.
  ///
  /// @throws io.belfry.hypervisor.HypervisorException [Fault.NotFound]
  public HostSeen changeHost(HostId host, HostState state) {
    return turns.act(world -> {
      world.hosts().change(host, state);
      world.machines().keepThoseOn(host);
      return world.hosts().seen(host);
    });
  }

  // VMs

  @Override
  public VmSeen define(VmDefinition definition, HostId host) throws InterruptedException {
    CloudInitCheck.check(definition);
    return act(
        world -> call(world, "define", definition.id()).at(host),
        takes(Pace.EDIT),
        world -> seen(world, world.machines().define(definition, host)));
  }

  @Override
  public void undefine(VmId vm) throws InterruptedException {
    run("undefine", vm, world -> world.machines().undefine(vm));
  }

  @Override
  public VmSeen start(VmId vm, HostId host) throws InterruptedException {
    return act(
        world -> call(world, "start", vm).at(host).wanting(memoryBytes(world, vm)),
        takes(Pace.START),
        world -> seen(world, world.machines().start(vm, host, time.nowMillis())));
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
        world -> world.machines().stop(vm));
  }

  @Override
  public VmSeen powerOff(VmId vm) throws InterruptedException {
    return actOn(vm, "powerOff", takes(Pace.EDIT), world -> world.machines().stop(vm));
  }

  @Override
  public VmSeen restart(VmId vm, Duration patience) throws InterruptedException {
    return actOn(
        vm,
        "restart",
        () -> guestEnds("restart", vm, patience),
        world -> world.machines().reset(vm, time.nowMillis()));
  }

  /// Asks the guest to shut down and waits; true when it has nothing left to do.
  private boolean guestEnds(String call, VmId vm, Duration patience) throws InterruptedException {
    var machine = turns.look(world -> world.machines().reachable(vm));
    if (machine.isStopped()) {
      return true;
    }
    if (!machine.isRunning()) {
      throw machine.cannot("be shut down");
    }
    var limit = time.speed().scaled(patience);
    var needed =
        faults.silencesGuest(new Faults.Call(call, vm).at(machine.host()))
            ? Optional.<Duration>empty()
            : turns.look(world -> world.guests().shutdownTime(machine, time.nowMillis()));
    var reacts = needed.filter(shutdown -> shutdown.compareTo(limit) <= 0);
    time.pause(reacts.orElse(limit));
    return reacts.isPresent() || turns.look(world -> world.machines().get(vm).isStopped());
  }

  @Override
  public VmSeen reset(VmId vm) throws InterruptedException {
    return actOn(
        vm, "reset", takes(Pace.EDIT), world -> world.machines().reset(vm, time.nowMillis()));
  }

  @Override
  public VmSeen suspend(VmId vm) throws InterruptedException {
    return actOn(
        vm, "suspend", takes(Pace.EDIT), world -> world.machines().suspend(vm, time.nowMillis()));
  }

  @Override
  public VmSeen resume(VmId vm) throws InterruptedException {
    return actOn(
        vm, "resume", takes(Pace.EDIT), world -> world.machines().resume(vm, time.nowMillis()));
  }

  @Override
  public VmSeen migrate(VmId vm, HostId target, Progress progress) throws InterruptedException {
    return act(
        world -> call(world, "migrate", vm).at(target).wanting(memoryBytes(world, vm)),
        () -> {
          var memoryBytes = turns.look(world -> memoryToMove(world, vm, target));
          if (memoryBytes.isPresent()) {
            time.pass(Pace.migration(memoryBytes.getAsLong()), progress);
          }
        },
        world -> seen(world, world.machines().migrate(vm, target)));
  }

  /// How much has to be moved for a VM to run elsewhere; empty when it is there.
  private static OptionalLong memoryToMove(World world, VmId vm, HostId target) {
    var machine = world.machines().reachable(vm);
    world.machines().requireMovable(machine, target);
    return machine.host().equals(target)
        ? OptionalLong.empty()
        : OptionalLong.of(machine.heldMemoryBytes());
  }

  @Override
  public VmSeen resize(VmId vm, Cpu cpu, long memoryBytes) throws InterruptedException {
    return act(
        world -> call(world, "resize", vm).wanting(moreMemory(world, vm, memoryBytes)),
        takes(Pace.EDIT),
        world -> seen(world, world.machines().resize(vm, cpu, memoryBytes)));
  }

  @Override
  public VmSeen attach(VmId vm, Device device) throws InterruptedException {
    return actOn(
        vm,
        "attach",
        takes(Pace.EDIT),
        world -> world.machines().attach(vm, device, time.nowMillis()));
  }

  @Override
  public VmSeen update(VmId vm, Device device) throws InterruptedException {
    return actOn(
        vm,
        "update",
        takes(Pace.EDIT),
        world -> world.machines().update(vm, device, time.nowMillis()));
  }

  @Override
  public VmSeen detach(VmId vm, DeviceId device) throws InterruptedException {
    return actOn(vm, "detach", takes(Pace.EDIT), world -> world.machines().detach(vm, device));
  }

  // Volumes

  @Override
  public VolumeSeen createVolume(VolumeDefinition definition) throws InterruptedException {
    return act(
        world -> call(world, "createVolume", definition),
        takes(Pace.EDIT),
        world -> seen(world, world.volumes().create(definition, Content.EMPTY, Sharing.NONE)));
  }

  @Override
  public VolumeSeen copyVolume(
      CopySource source, VolumeDefinition definition, CopyMode mode, Progress progress)
      throws InterruptedException {
    return act(
        world -> call(world, "copyVolume", definition),
        () -> {
          var bytes = turns.look(world -> world.copying().bytesToWrite(source, definition, mode));
          time.pass(Pace.copy(bytes), progress);
        },
        world -> seen(world, world.copying().copy(source, definition, mode, time.nowMillis())));
  }

  @Override
  public VolumeSeen resizeVolume(VolumeId volume, long sizeBytes) throws InterruptedException {
    return act(
        world -> call(world, "resizeVolume", volume).wanting(sizeBytes),
        takes(Pace.EDIT),
        world -> seen(world, world.volumes().resize(volume, sizeBytes)));
  }

  @Override
  public void deleteVolume(VolumeId volume) throws InterruptedException {
    run("deleteVolume", volume, world -> world.volumes().delete(volume));
  }

  // Snapshots

  @Override
  public List<SnapshotSeen> snapshot(Map<SnapshotId, VolumeId> wanted, Consistency consistency)
      throws InterruptedException {
    if (wanted.isEmpty()) {
      return List.of();
    }
    return act(
        world -> call(world, "snapshot", wanted.keySet().iterator().next()),
        () -> {
          turns.look(world -> requireConsistent(world, wanted, consistency));
          time.pass(Pace.SNAPSHOT);
        },
        world -> {
          requireConsistent(world, wanted, consistency);
          var now = time.nowMillis();
          return wanted.entrySet().stream()
              .map(one -> world.snapshots().take(one.getKey(), one.getValue(), now))
              .map(taken -> world.sight().snapshot(taken, now))
              .toList();
        });
  }

  /// Of the snapshots that are not there yet, refuses those of volumes that do not exist, or whose
  /// guests cannot make their file systems consistent.
  private boolean requireConsistent(
      World world, Map<SnapshotId, VolumeId> wanted, Consistency consistency) {
    for (var one : wanted.entrySet()) {
      if (world.snapshots().find(one.getKey()).isEmpty()) {
        var users = world.machines().notStopped(world.volumes().get(one.getValue()).users());
        if (consistency == Consistency.FILE_SYSTEM) {
          users.forEach(vm -> requireTools(world, vm));
        }
      }
    }
    return true;
  }

  private void requireTools(World world, VmId vm) {
    if (!world.guests().toolsRun(world.machines().get(vm), time.nowMillis())) {
      throw new Fault.GuestToolsNotRunning(vm).asException();
    }
  }

  @Override
  public VolumeSeen revert(SnapshotId snapshot) throws InterruptedException {
    return act(
        world -> call(world, "revert", snapshot),
        takes(Pace.SNAPSHOT),
        world ->
            seen(
                world,
                world
                    .snapshots()
                    .revert(snapshot, world.machines()::notStopped, time.nowMillis())));
  }

  @Override
  public void deleteSnapshot(SnapshotId snapshot) throws InterruptedException {
    run("deleteSnapshot", snapshot, world -> world.snapshots().delete(snapshot));
  }

  // Observation

  @Override
  public Optional<VmSeen> observe(VmId vm) {
    return turns.look(world -> world.machines().find(vm).map(machine -> seen(world, machine)));
  }

  @Override
  public List<VmSeen> observeAll(HostId host) {
    return turns.look(world -> world.sight().vmsOn(host, time.nowMillis()));
  }

  @Override
  public Optional<VolumeSeen> observeVolume(VolumeId volume) {
    return turns.look(world -> world.volumes().find(volume).map(found -> seen(world, found)));
  }

  @Override
  public Optional<SnapshotSeen> observeSnapshot(SnapshotId snapshot) {
    return turns.look(world ->
        world
            .snapshots()
            .find(snapshot)
            .map(found -> world.sight().snapshot(found, time.nowMillis())));
  }

  @Override
  public List<HostSeen> hosts() {
    return turns.look(world -> world.hosts().seen());
  }

  /// Knows what has been changed until it is asked for.
  @Override
  public UsageHistory history() {
    turns.look(World::hosts);
    return history;
  }

  private VmSeen seen(World world, Machine machine) {
    return world.sight().vm(machine, time.nowMillis());
  }

  private VolumeSeen seen(World world, Volume volume) {
    return world.sight().volume(volume, time.nowMillis());
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
  private static Faults.Call call(World world, String name, Id about) {
    var call = new Faults.Call(name, about);
    var place =
        switch (about) {
          case VmId vm -> world.machines().find(vm).map(Machine::host);
          case VolumeId id -> world.volumes().find(id).map(found -> found.definition().storage());
          case DeviceId _, HostId _, ImageId _, NetworkId _, SnapshotId _, StorageId _ ->
              Optional.<Id>empty();
        };
    return place.map(call::at).orElse(call);
  }

  private static Faults.Call call(World world, String name, VolumeDefinition wanted) {
    return call(world, name, wanted.id()).at(wanted.storage()).wanting(wanted.sizeBytes());
  }

  private static long moreMemory(World world, VmId vm, long memoryBytes) {
    return Math.max(0, memoryBytes - memoryBytes(world, vm));
  }

  private static long memoryBytes(World world, VmId vm) {
    return world.machines().find(vm).map(found -> found.definition().memoryBytes()).orElse(0L);
  }

  private VmSeen actOn(
      VmId vm, String name, Preparation preparation, Function<World, Machine> effect)
      throws InterruptedException {
    return act(
        world -> call(world, name, vm), preparation, world -> seen(world, effect.apply(world)));
  }

  private void run(String name, Id about, Consumer<World> effect) throws InterruptedException {
    act(
        world -> call(world, name, about),
        takes(Pace.EDIT),
        world -> {
          effect.accept(world);
          return true;
        });
  }

  /// Does what every call does.
  ///
  /// @param description says what the call is about; looked at only if faults want to know
  private <T> T act(
      Function<World, Faults.Call> description, Preparation preparation, Function<World, T> effect)
      throws InterruptedException {
    if (!faults.areAny()) {
      preparation.await();
      return turns.act(effect);
    }
    var call = turns.look(description);
    faults.before(call);
    preparation.await();
    var seen = turns.act(effect);
    faults.after(call);
    return seen;
  }
}
