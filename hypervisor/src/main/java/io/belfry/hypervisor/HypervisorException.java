package io.belfry.hypervisor;

import org.jspecify.annotations.Nullable;

/// A driver could not do what it was asked; [#fault()] tells why. What had been done before may
/// have stayed: asking again, or observing, tells.
public final class HypervisorException extends RuntimeException {
  private final Fault fault;

  public HypervisorException(Fault fault) {
    this(fault, null);
  }

  public HypervisorException(Fault fault, @Nullable Throwable cause) {
    super(fault.message(), cause);
    this.fault = fault;
  }

  public Fault fault() {
    return fault;
  }
}
