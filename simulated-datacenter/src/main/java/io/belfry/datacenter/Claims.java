package io.belfry.datacenter;

import io.belfry.hypervisor.Fence;
import io.belfry.store.Transaction;
import java.util.Set;

/// Knows who works on what, so that the simulated hypervisor can refuse those who have been
/// replaced. Thread-safe.
@FunctionalInterface
public interface Claims {
  /// Where nobody is ever replaced.
  Claims UNDISPUTED = (_, fences) -> fences;

  /// Those fences that are the latest of their work, which nobody can take over until the
  /// transaction has ended.
  Set<Fence> hold(Transaction transaction, Set<Fence> fences);
}
