package io.belfry.hypervisor;

/// Where volumes lie: a pool that all hosts of one cluster reach.
public record StorageId(String value) implements Id {
  public StorageId {
    Require.text("StorageId", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
