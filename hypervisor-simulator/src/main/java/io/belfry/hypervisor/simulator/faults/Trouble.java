package io.belfry.hypervisor.simulator.faults;

import io.belfry.hypervisor.HostId;
import io.belfry.hypervisor.Id;
import io.belfry.hypervisor.StorageId;
import io.belfry.hypervisor.simulator.Faults.Call;
import java.util.Optional;
import java.util.Set;

/// What happens to a call that a rule strikes.
public sealed interface Trouble {

  /// When it strikes.
  default When when() {
    return When.BEFORE;
  }

  /// The calls that it can strike; empty for all.
  default Set<String> calls() {
    return Set.of();
  }

  /// Whether it makes sense for a call.
  default boolean canStrike(Call call) {
    return calls().isEmpty() || calls().contains(call.name());
  }

  /// The hypervisor says no.
  record Refuse(Refusal refusal) implements Trouble {
    @Override
    public boolean canStrike(Call call) {
      return refusal.of(call).isPresent();
    }
  }

  /// The driver fails in a way that nobody has foreseen.
  record Fail(When when) implements Trouble {}

  /// The connection to the hypervisor breaks.
  record Reset(When when) implements Trouble {}

  /// The call waits until the rule is gone, or its thread is interrupted; then it goes on.
  record Hang(When when) implements Trouble {}

  /// The call takes longer, on the clock of the simulator and whatever its speed.
  record Slow(When when, Delay delay) implements Trouble {}

  /// The guest does nothing when asked to shut down.
  record GuestIgnoresShutdown() implements Trouble {
    @Override
    public Set<String> calls() {
      return Set.of("shutdown", "restart");
    }
  }

  /// The storage has no space left.
  record StorageFull() implements Trouble {
    @Override
    public Set<String> calls() {
      return Set.of("createVolume", "copyVolume", "resizeVolume");
    }

    @Override
    public boolean canStrike(Call call) {
      return Trouble.super.canStrike(call) && place(call, StorageId.class).isPresent();
    }
  }

  /// The host has no memory left.
  record HostFull() implements Trouble {
    @Override
    public Set<String> calls() {
      return Set.of("start", "migrate", "resize");
    }

    @Override
    public boolean canStrike(Call call) {
      return Trouble.super.canStrike(call) && place(call, HostId.class).isPresent();
    }
  }

  /// A host or a storage that takes part in a call.
  static <P extends Id> Optional<P> place(Call call, Class<P> kind) {
    return call.places().stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }
}
