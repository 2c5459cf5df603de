package io.belfry.hypervisor;

/// How a volume is kept.
///
/// @param thin space is taken when it is written, not when the volume is created
public record StoragePolicy(Redundancy redundancy, boolean thin) {
  /// What keeps the data when a disk dies.
  public sealed interface Redundancy {
    /// Bytes stored for each byte written, at least 1.
    double overhead();
  }

  /// The same data several times.
  public record Replicas(int count) implements Redundancy {
    public Replicas {
      Require.positive("count", count);
    }

    @Override
    public double overhead() {
      return count;
    }
  }

  /// Data in blocks, with parity blocks to compute lost ones from.
  public record ErasureCoded(int dataBlocks, int parityBlocks) implements Redundancy {
    public ErasureCoded {
      Require.positive("dataBlocks", dataBlocks);
      Require.positive("parityBlocks", parityBlocks);
    }

    @Override
    public double overhead() {
      return (double) (dataBlocks + parityBlocks) / dataBlocks;
    }
  }
}
