package io.belfry.hypervisor.simulator;

import io.belfry.hypervisor.Fault;
import io.belfry.hypervisor.HostId;
import io.belfry.hypervisor.HostSeen;
import io.belfry.hypervisor.HostState;
import io.belfry.hypervisor.HypervisorException;
import io.belfry.hypervisor.VmId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// The hosts, what each has left, and which VMs it keeps.
final class Hosts {
  private final ConcurrentHashMap<HostId, Host> hosts = new ConcurrentHashMap<>();

  /// @param usedMemoryBytes shared by the versions of the same host
  private record Host(Inventory.Host recorded, AtomicLong usedMemoryBytes, Set<VmId> vms) {
    HostSeen seen() {
      var answers = recorded.state() != HostState.UNREACHABLE;
      return new HostSeen(
          recorded.id(),
          recorded.state(),
          answers ? recorded.memoryBytes() : 0,
          answers ? usedMemoryBytes.get() : 0);
    }
  }

  /// Adds a host, or changes its state and memory.
  void put(Inventory.Host recorded) {
    hosts.compute(
        recorded.id(),
        (_, old) ->
            old == null
                ? new Host(recorded, new AtomicLong(), ConcurrentHashMap.newKeySet())
                : new Host(recorded, old.usedMemoryBytes, old.vms));
  }

  /// Changes the state of a host.
  void change(HostId id, HostState state) {
    var recorded = host(id).recorded;
    put(new Inventory.Host(id, state, recorded.memoryBytes()));
  }

  List<HostSeen> seen() {
    return hosts.values().stream().map(Host::seen).toList();
  }

  /// Whether there is such a host, and it answers.
  boolean answers(HostId id) {
    return hosts.containsKey(id) && isReachable(id);
  }

  boolean isReachable(HostId id) {
    return host(id).recorded.state() != HostState.UNREACHABLE;
  }

  /// Refuses a host that does not answer.
  void requireReachable(HostId id) {
    if (!isReachable(id)) {
      throw unavailable(host(id));
    }
  }

  /// Refuses a host that takes no VM.
  void requireConnected(HostId id) {
    var host = host(id);
    if (host.recorded.state() != HostState.CONNECTED) {
      throw unavailable(host);
    }
  }

  /// Takes memory, if there is enough left.
  void reserve(HostId id, long bytes) {
    var host = host(id);
    var used = host.usedMemoryBytes.addAndGet(bytes);
    if (bytes > 0 && used > host.recorded.memoryBytes()) {
      host.usedMemoryBytes.addAndGet(-bytes);
      var free = Math.max(0, host.recorded.memoryBytes() - used + bytes);
      throw new Fault.NotEnoughMemory(id, bytes, free).asException();
    }
  }

  /// Takes memory without asking, for what runs already; or, if negative, gives it back.
  void take(HostId id, long bytes) {
    host(id).usedMemoryBytes.addAndGet(bytes);
  }

  void keep(HostId id, VmId vm) {
    host(id).vms.add(vm);
  }

  void forget(HostId id, VmId vm) {
    host(id).vms.remove(vm);
  }

  Set<VmId> vms(HostId id) {
    return host(id).vms;
  }

  private Host host(HostId id) {
    var host = hosts.get(id);
    if (host == null) {
      throw new Fault.NotFound(id).asException();
    }
    return host;
  }

  private static HypervisorException unavailable(Host host) {
    return new Fault.HostUnavailable(host.recorded.id(), host.recorded.state()).asException();
  }
}
