package io.belfry.hypervisor.simulator;

import io.belfry.hypervisor.Cpu;
import io.belfry.hypervisor.Device;
import io.belfry.hypervisor.DeviceId;
import io.belfry.hypervisor.Fault;
import io.belfry.hypervisor.HostId;
import io.belfry.hypervisor.ImageId;
import io.belfry.hypervisor.PowerState;
import io.belfry.hypervisor.VmDefinition;
import io.belfry.hypervisor.VmId;
import io.belfry.hypervisor.simulator.WorldObject.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The VMs, and what may happen to them in which state. Every method is one effect at one moment
/// and waits for nothing.
final class Machines {
  private final Hosts hosts;
  private final Volumes volumes;
  private final Networks networks;
  private final Guests guests;
  private final ObjectsById<Machine> machines;
  private final Map<ImageId, String> toolsVersions = new HashMap<>();

  Machines(Hosts hosts, Volumes volumes, Networks networks, Guests guests, Changes changes) {
    this.hosts = hosts;
    this.volumes = volumes;
    this.networks = networks;
    this.guests = guests;
    machines = new ObjectsById<>(Kind.VM, Machine.class, changes, hosts::replace);
  }

  ObjectsById<Machine> objects() {
    return machines;
  }

  /// Adds an image that installs guest tools.
  void record(Inventory.ToolsImage recorded) {
    toolsVersions.put(recorded.id(), recorded.version());
  }

  /// Adds a VM that is there already. Its guest, if it runs, has booted long ago.
  void record(Inventory.Vm recorded, long nowMillis) {
    if (find(recorded.definition().id()).isEmpty()) {
      volumes.recordUse(recorded.definition().id(), recorded.definition());
      recordAddresses(recorded);
      machines.set(machineOf(recorded, nowMillis));
    }
  }

  private void recordAddresses(Inventory.Vm recorded) {
    for (var address : recorded.guest().nics()) {
      recorded.definition().devices(Device.Nic.class).stream()
          .filter(nic -> nic.mac().equals(address.mac()))
          .forEach(nic -> networks.record(nic.network(), address));
    }
  }

  private Machine machineOf(Inventory.Vm recorded, long nowMillis) {
    var definition = recorded.definition();
    var stopped = Machine.stopped(definition, recorded.host());
    var identity =
        new Identity(recorded.guest().hostname(), recorded.guest().dnsServers(), List.of());
    var running = stopped.booted(guests.installed(definition), identity, Machine.LONG_AGO);
    return switch (recorded.power()) {
      case RUNNING -> running;
      case SUSPENDED -> running.suspended(nowMillis);
      case STOPPED, UNKNOWN -> recorded.guest().hostname() == null ? stopped : running.stopped();
    };
  }

  Optional<Machine> find(VmId vm) {
    return machines.find(vm.value());
  }

  Machine get(VmId vm) {
    return find(vm).orElseThrow(() -> new Fault.NotFound(vm).asException());
  }

  /// A VM whose host answers.
  Machine reachable(VmId vm) {
    var machine = get(vm);
    hosts.requireReachable(machine.host());
    return machine;
  }

  /// Those of some VMs that are not stopped.
  Set<VmId> notStopped(Set<VmId> vms) {
    return vms.stream()
        .filter(vm -> find(vm).filter(machine -> !machine.isStopped()).isPresent())
        .collect(Collectors.toSet());
  }

  /// Keeps the VMs of a host as they are, whatever records say of them from now on.
  void keepThoseOn(HostId host) {
    hosts.vms(host).forEach(vm -> machines.keep(get(vm)));
  }

  // Existence

  Machine define(VmDefinition definition, HostId host) {
    var before = find(definition.id());
    return before.isEmpty()
        ? created(definition, host)
        : replace(before.get(), redefined(before.get(), definition));
  }

  private Machine created(VmDefinition definition, HostId host) {
    hosts.requireConnected(host);
    volumes.use(definition.id(), null, definition);
    var machine = Machine.stopped(definition, host);
    machines.set(machine);
    return machine;
  }

  private Machine redefined(Machine before, VmDefinition wanted) {
    hosts.requireReachable(before.host());
    var definition = before.identity() == null ? wanted : wanted.withoutCloudInit();
    var renamed = before.definition().withName(definition.name());
    if (!before.isStopped() && !definition.equals(renamed)) {
      throw before.cannot("be redefined, only renamed");
    }
    return plugged(before, definition);
  }

  void undefine(VmId vm) {
    find(vm)
        .ifPresent(machine -> {
          hosts.requireReachable(machine.host());
          if (!machine.isStopped()) {
            throw machine.cannot("be undefined");
          }
          volumes.use(vm, machine.definition(), null);
          machine.definition().devices(Device.Nic.class).forEach(networks::release);
          machines.remove(vm.value());
        });
  }

  // Power

  /// Starts a VM, also one whose host does not answer: that is lost, whatever it did.
  Machine start(VmId vm, HostId host, long nowMillis) {
    var machine = get(vm);
    if (hosts.isReachable(machine.host())) {
      if (machine.isRunning() && machine.host().equals(host)) {
        return machine;
      }
      if (!machine.isStopped()) {
        throw machine.cannot("be started on host " + host);
      }
    }
    hosts.requireConnected(host);
    hosts.requireMemory(host, machine.definition().memoryBytes());
    return replace(machine, booted(machine.on(host), nowMillis));
  }

  Machine stop(VmId vm) {
    return change(vm, Machine::stopped);
  }

  Machine reset(VmId vm, long nowMillis) {
    return change(
        vm,
        machine -> {
          if (!machine.isRunning()) {
            throw machine.cannot("be restarted");
          }
          return booted(machine, nowMillis);
        });
  }

  Machine suspend(VmId vm, long nowMillis) {
    return change(
        vm,
        machine ->
            switch (machine.power()) {
              case RUNNING -> machine.suspended(nowMillis);
              case SUSPENDED -> machine;
              case STOPPED, UNKNOWN -> throw machine.cannot("be suspended");
            });
  }

  Machine resume(VmId vm, long nowMillis) {
    return change(
        vm,
        machine ->
            switch (machine.power()) {
              case RUNNING -> machine;
              case SUSPENDED -> machine.resumed(nowMillis);
              case STOPPED, UNKNOWN -> throw machine.cannot("be resumed");
            });
  }

  Machine migrate(VmId vm, HostId target) {
    return change(
        vm,
        machine -> {
          requireMovable(machine, target);
          if (machine.host().equals(target)) {
            return machine;
          }
          hosts.requireMemory(target, machine.heldMemoryBytes());
          return machine.on(target);
        });
  }

  /// Refuses to move a machine that is suspended, or to a host that takes none.
  void requireMovable(Machine machine, HostId target) {
    if (machine.host().equals(target)) {
      return;
    }
    if (machine.power() == PowerState.SUSPENDED) {
      throw machine.cannot("be migrated");
    }
    hosts.requireConnected(target);
  }

  private Machine booted(Machine machine, long nowMillis) {
    var image = guests.installed(machine.definition());
    var identity = machine.identity();
    if (identity == null) {
      identity = Guests.identityOf(machine.definition(), image);
    }
    return machine.booted(image, identity, nowMillis);
  }

  // Hardware

  Machine resize(VmId vm, Cpu cpu, long memoryBytes) {
    return change(
        vm,
        machine -> {
          var before = machine.definition();
          var after = before.withSize(cpu, memoryBytes);
          if (before.equals(after) || machine.isStopped()) {
            return machine.with(after);
          }
          if (!machine.isRunning()) {
            throw machine.cannot("be resized");
          }
          if (cpu.count() < before.cpu().count() || memoryBytes < before.memoryBytes()) {
            throw machine.cannot("lose CPUs or memory");
          }
          hosts.requireMemory(machine.host(), memoryBytes - before.memoryBytes());
          return machine.with(after);
        });
  }

  Machine attach(VmId vm, Device device, long nowMillis) {
    return change(
        vm,
        machine -> {
          var existing = machine.definition().device(device.id());
          if (existing.isEmpty()) {
            requireAwake(machine);
            return toolsInserted(plugged(machine, machine.definition().with(device)), nowMillis);
          }
          if (!existing.get().equals(device)) {
            var difference = "it is %s, not %s".formatted(existing.get(), device);
            throw new Fault.Conflict(device.id(), difference).asException();
          }
          return machine;
        });
  }

  Machine update(VmId vm, Device device, long nowMillis) {
    return change(
        vm,
        machine -> {
          var existing =
              machine
                  .definition()
                  .device(device.id())
                  .orElseThrow(() -> new Fault.NotFound(device.id()).asException());
          if (existing.equals(device)) {
            return machine;
          }
          if (!existing.getClass().equals(device.getClass())) {
            var difference = "it is %s, not %s".formatted(existing, device);
            throw new Fault.Conflict(device.id(), difference).asException();
          }
          requireAwake(machine);
          if (machine.isRunning() && !changesWhileRunning(existing, device)) {
            throw machine.cannot("change " + existing.id() + " in that way; stop it first");
          }
          return toolsInserted(
              plugged(machine, machine.definition().withReplaced(device)), nowMillis);
        });
  }

  Machine detach(VmId vm, DeviceId device) {
    return change(
        vm,
        machine -> {
          var existing = machine.definition().device(device);
          if (existing.isEmpty()) {
            return machine;
          }
          requireAwake(machine);
          return plugged(machine, machine.definition().without(device));
        });
  }

  private static void requireAwake(Machine machine) {
    if (machine.power() == PowerState.SUSPENDED) {
      throw machine.cannot("change its devices");
    }
  }

  private static boolean changesWhileRunning(Device before, Device after) {
    return switch (before) {
      case Device.Disk _ -> false;
      case Device.CdRom _ -> true;
      case Device.Nic old ->
          after instanceof Device.Nic nic
              && nic.mac().equals(old.mac())
              && nic.model() == old.model();
    };
  }

  /// The machine with other devices, whose volumes it then uses.
  private Machine plugged(Machine machine, VmDefinition after) {
    volumes.use(machine.id(), machine.definition(), after);
    return machine.with(after);
  }

  /// A guest that is up installs the tools whose image is in a drive, if it has none.
  private Machine toolsInserted(Machine machine, long nowMillis) {
    var image = machine.guest();
    var version = insertedTools(machine.definition());
    if (image == null || image.hasTools() || version == null || !guests.isUp(machine, nowMillis)) {
      return machine;
    }
    var improved = image.withTools(version);
    volumes
        .bootVolume(machine.definition())
        .ifPresent(volume -> volumes.install(volume.id(), improved));
    return machine.withGuest(improved);
  }

  private @Nullable String insertedTools(VmDefinition vm) {
    for (var drive : vm.devices(Device.CdRom.class)) {
      if (drive.enabled() && drive.image() != null) {
        var version = toolsVersions.get(drive.image());
        if (version != null) {
          return version;
        }
      }
    }
    return null;
  }

  /// What happens to a machine whose host answers.
  private Machine change(VmId vm, UnaryOperator<Machine> effect) {
    var machine = reachable(vm);
    return replace(machine, effect.apply(machine));
  }

  /// Replaces a machine by its next version, whose NICs keep, get and lose their addresses.
  private Machine replace(Machine before, Machine after) {
    var nics = after.definition().devices(Device.Nic.class);
    before.definition().devices(Device.Nic.class).stream()
        .filter(nic -> nics.stream().noneMatch(kept -> hasSameLease(kept, nic)))
        .forEach(networks::release);
    guests.giveAddresses(after);
    machines.set(after);
    return after;
  }

  private static boolean hasSameLease(Device.Nic one, Device.Nic other) {
    return one.mac().equals(other.mac()) && one.network().equals(other.network());
  }
}
