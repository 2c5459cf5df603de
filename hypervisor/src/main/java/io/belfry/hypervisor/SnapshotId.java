package io.belfry.hypervisor;

/// The content of one volume at one moment.
public record SnapshotId(String value) implements Id {
  public SnapshotId {
    Require.text("SnapshotId", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
