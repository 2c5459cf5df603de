package io.belfry.hypervisor;

/// A device of a VM; unique within that VM.
public record DeviceId(String value) implements Id {
  public DeviceId {
    Require.text("DeviceId", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
