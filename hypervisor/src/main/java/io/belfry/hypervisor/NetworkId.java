package io.belfry.hypervisor;

/// A network that a NIC can be connected to.
public record NetworkId(String value) implements Id {
  public NetworkId {
    Require.text("NetworkId", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
