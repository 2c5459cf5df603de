package io.belfry.hypervisor;

/// A virtual disk, attached or not.
public record VolumeId(String value) implements Id {
  public VolumeId {
    Require.text("VolumeId", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
