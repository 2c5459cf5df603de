package io.belfry.hypervisor;

import java.util.Optional;

/// Under which claim calls of drivers are made. Whoever works on something may be taken for dead,
/// and be replaced, while it only sleeps or waits: what it asks for when it goes on comes too late.
/// A driver that learns who has been replaced refuses that with [Fault.Outdated].
///
/// @param work what is being worked on
/// @param number of the claim on it; a later one is higher
public record Fence(String work, long number) {
  private static final ScopedValue<Fence> CURRENT = ScopedValue.newInstance();

  /// That of this thread; empty for calls that belong to no work, which are never outdated.
  public static Optional<Fence> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  /// Does something that may call drivers under this claim.
  public <T, X extends Throwable> T during(ScopedValue.CallableOp<T, X> work) throws X {
    return ScopedValue.where(CURRENT, this).call(work);
  }
}
