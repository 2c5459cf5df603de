package io.belfry.hypervisor;

/// The UUID of a VM, the `local_id` of its row.
public record VmId(String value) implements Id {
  public VmId {
    Require.text("VmId", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
