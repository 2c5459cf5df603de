package io.belfry.hypervisor;

/// A machine that runs VMs.
public record HostId(String value) implements Id {
  public HostId {
    Require.text("HostId", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
