package io.belfry.hypervisor.simulator;

import io.belfry.hypervisor.Fault;
import io.belfry.hypervisor.HostId;
import io.belfry.hypervisor.HostSeen;
import io.belfry.hypervisor.HostState;
import io.belfry.hypervisor.HypervisorException;
import io.belfry.hypervisor.VmId;
import io.belfry.hypervisor.simulator.WorldObject.Kind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The hosts, what each has left, and which VMs it keeps.
final class Hosts {
  private final Map<HostId, Host> hosts = new HashMap<>();
  private final ObjectsById<HostCondition> conditions;

  Hosts(Changes changes) {
    conditions = new ObjectsById<>(Kind.HOST, HostCondition.class, changes, (_, _) -> {});
  }

  /// A host, and the sums over the VMs on it.
  private static final class Host {
    private Inventory.Host recorded;
    private long usedMemoryBytes;
    private final Set<VmId> vms = new HashSet<>();

    Host(Inventory.Host recorded) {
      this.recorded = recorded;
    }
  }

  ObjectsById<HostCondition> conditions() {
    return conditions;
  }

  /// Adds a host, or changes its memory, and its state unless somebody put it into one.
  void put(Inventory.Host recorded) {
    hosts.computeIfAbsent(recorded.id(), _ -> new Host(recorded)).recorded = recorded;
  }

  /// Puts a host into a state. That is kept also where records say the same: they may say something
  /// else elsewhere, or later.
  void change(HostId id, HostState state) {
    conditions.set(new HostCondition(host(id).recorded.id(), state));
  }

  /// Keeps the sums up to date when a machine is replaced by another version.
  void replace(@Nullable Machine before, @Nullable Machine after) {
    var target = after == null ? null : host(after.host());
    if (before != null) {
      var source = host(before.host());
      source.vms.remove(before.id());
      source.usedMemoryBytes -= before.heldMemoryBytes();
    }
    if (after != null && target != null) {
      target.vms.add(after.id());
      target.usedMemoryBytes += after.heldMemoryBytes();
    }
  }

  List<HostSeen> seen() {
    return hosts.values().stream().map(this::seen).toList();
  }

  HostSeen seen(HostId id) {
    return seen(host(id));
  }

  private HostSeen seen(Host host) {
    var state = state(host);
    var answers = state != HostState.UNREACHABLE;
    return new HostSeen(
        host.recorded.id(),
        state,
        answers ? host.recorded.memoryBytes() : 0,
        answers ? host.usedMemoryBytes : 0);
  }

  /// Whether there is such a host, and it answers.
  boolean answers(HostId id) {
    return hosts.containsKey(id) && isReachable(id);
  }

  boolean isReachable(HostId id) {
    return state(host(id)) != HostState.UNREACHABLE;
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
    if (state(host) != HostState.CONNECTED) {
      throw unavailable(host);
    }
  }

  /// Refuses a host that has less memory left.
  void requireMemory(HostId id, long bytes) {
    var host = host(id);
    var free = Math.max(0, host.recorded.memoryBytes() - host.usedMemoryBytes);
    if (bytes > free) {
      throw new Fault.NotEnoughMemory(id, bytes, free).asException();
    }
  }

  Set<VmId> vms(HostId id) {
    return host(id).vms;
  }

  private HostState state(Host host) {
    return conditions
        .find(host.recorded.id().value())
        .map(HostCondition::state)
        .orElse(host.recorded.state());
  }

  private Host host(HostId id) {
    var host = hosts.get(id);
    if (host == null) {
      throw new Fault.NotFound(id).asException();
    }
    return host;
  }

  private HypervisorException unavailable(Host host) {
    return new Fault.HostUnavailable(host.recorded.id(), state(host)).asException();
  }
}
