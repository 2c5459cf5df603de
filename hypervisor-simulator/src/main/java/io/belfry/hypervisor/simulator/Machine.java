package io.belfry.hypervisor.simulator;

import io.belfry.hypervisor.Fault;
import io.belfry.hypervisor.HostId;
import io.belfry.hypervisor.HypervisorException;
import io.belfry.hypervisor.PowerState;
import io.belfry.hypervisor.VmDefinition;
import io.belfry.hypervisor.VmId;
import org.jspecify.annotations.Nullable;

/// A VM at one moment.
///
/// @param definition without a cloud-init configuration from its first boot on: that has done its
///   work, and may hold passwords
/// @param host where it runs, or is kept
/// @param power never `UNKNOWN`
/// @param bootedAtMillis when the guest began to boot, later by the time it was suspended since
/// @param suspendedAtMillis when it was suspended; means nothing unless it is
/// @param guest what it booted; null when it is stopped, or nothing is installed
/// @param identity null until its first boot
public record Machine(
    VmDefinition definition,
    HostId host,
    PowerState power,
    long bootedAtMillis,
    long suspendedAtMillis,
    @Nullable GuestImage guest,
    @Nullable Identity identity)
    implements WorldObject {
  /// When a VM booted of which records say only that it runs.
  static final long LONG_AGO = 0;

  @Override
  public ObjectKey key() {
    return new ObjectKey(Kind.VM, id().value());
  }

  static Machine stopped(VmDefinition definition, HostId host) {
    return new Machine(definition, host, PowerState.STOPPED, 0, 0, null, null);
  }

  VmId id() {
    return definition.id();
  }

  boolean isRunning() {
    return power == PowerState.RUNNING;
  }

  /// Whether its guest runs and has tools, that may still be starting.
  boolean hasTools() {
    return isRunning() && guest != null && guest.hasTools();
  }

  boolean isStopped() {
    return power == PowerState.STOPPED;
  }

  /// The memory that it takes from its host.
  long heldMemoryBytes() {
    return isStopped() ? 0 : definition.memoryBytes();
  }

  /// That it cannot do something in its state.
  HypervisorException cannot(String action) {
    return new Fault.WrongState(id(), power, action).asException();
  }

  Machine with(VmDefinition other) {
    return new Machine(other, host, power, bootedAtMillis, suspendedAtMillis, guest, identity);
  }

  Machine on(HostId other) {
    return new Machine(
        definition, other, power, bootedAtMillis, suspendedAtMillis, guest, identity);
  }

  Machine withGuest(GuestImage image) {
    return new Machine(definition, host, power, bootedAtMillis, suspendedAtMillis, image, identity);
  }

  Machine booted(@Nullable GuestImage image, Identity as, long nowMillis) {
    return new Machine(
        definition.withoutCloudInit(), host, PowerState.RUNNING, nowMillis, 0, image, as);
  }

  Machine suspended(long nowMillis) {
    return new Machine(
        definition, host, PowerState.SUSPENDED, bootedAtMillis, nowMillis, guest, identity);
  }

  Machine resumed(long nowMillis) {
    var bootedAt = bootedAtMillis + nowMillis - suspendedAtMillis;
    return new Machine(definition, host, PowerState.RUNNING, bootedAt, 0, guest, identity);
  }

  Machine stopped() {
    return new Machine(definition, host, PowerState.STOPPED, 0, 0, null, identity);
  }
}
