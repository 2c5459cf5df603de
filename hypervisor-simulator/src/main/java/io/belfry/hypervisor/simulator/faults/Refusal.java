package io.belfry.hypervisor.simulator.faults;

import io.belfry.hypervisor.Fault;
import io.belfry.hypervisor.HostId;
import io.belfry.hypervisor.HostState;
import io.belfry.hypervisor.PowerState;
import io.belfry.hypervisor.VmId;
import io.belfry.hypervisor.simulator.Faults.Call;
import java.util.Optional;
import java.util.function.Function;

/// A fault to refuse a call with.
@SuppressWarnings("ImmutableEnumChecker") // the functions keep no state
public enum Refusal {
  NOT_FOUND(call -> Optional.of(new Fault.NotFound(call.about()))),
  CONFLICT(call -> Optional.of(new Fault.Conflict(call.about(), Refusal.REASON))),
  WRONG_STATE(
      call -> vm(call).map(vm -> new Fault.WrongState(vm, PowerState.UNKNOWN, call.name()))),
  HOST_UNAVAILABLE(
      call -> host(call).map(host -> new Fault.HostUnavailable(host, HostState.UNREACHABLE))),
  GUEST_TOOLS_NOT_RUNNING(call -> vm(call).map(Fault.GuestToolsNotRunning::new)),
  CLOUD_INIT_INVALID(
      call -> vm(call).map(vm -> new Fault.CloudInitInvalid(vm, "userData", Refusal.REASON))),
  BROKEN(call -> Optional.of(new Fault.Broken("%s: %s".formatted(call.name(), Refusal.REASON))));

  private static final String REASON = "a fault rule says so";

  private final Function<Call, Optional<Fault>> fault;

  Refusal(Function<Call, Optional<Fault>> fault) {
    this.fault = fault;
  }

  /// The fault, if it makes sense for a call: a guest's only for a VM's.
  Optional<Fault> of(Call call) {
    return fault.apply(call);
  }

  private static Optional<VmId> vm(Call call) {
    return call.about() instanceof VmId vm ? Optional.of(vm) : Optional.empty();
  }

  private static Optional<HostId> host(Call call) {
    return call.places().stream()
        .filter(HostId.class::isInstance)
        .map(HostId.class::cast)
        .findFirst();
  }
}
