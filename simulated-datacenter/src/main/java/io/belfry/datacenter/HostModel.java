package io.belfry.datacenter;

import static io.belfry.datacenter.Bytes.GIB;

/// A kind of machine, with two sockets.
enum HostModel {
  HALO_P("Halo P", "Intel(R) Xeon(R) Gold 6348 CPU @ 2.60GHz", 112, 2_600, 512 * GIB),
  POWEREDGE("PowerEdge R750", "Intel(R) Xeon(R) Gold 6338 CPU @ 2.00GHz", 128, 2_000, 512 * GIB),
  HALO_S("Halo S", "Intel(R) Xeon(R) Silver 4314 CPU @ 2.40GHz", 64, 2_400, 128 * GIB);

  static final int SOCKETS = 2;

  /// What the host keeps for itself.
  static final long OS_MEMORY_BYTES = 32 * GIB;

  private final String title;
  private final String processor;
  private final int threads;
  private final long megahertz;
  private final long memoryBytes;

  HostModel(String title, String processor, int threads, long megahertz, long memoryBytes) {
    this.title = title;
    this.processor = processor;
    this.threads = threads;
    this.megahertz = megahertz;
    this.memoryBytes = memoryBytes;
  }

  String title() {
    return title;
  }

  String processor() {
    return processor;
  }

  /// Of all sockets.
  int threads() {
    return threads;
  }

  long hertzPerThread() {
    return megahertz * 1_000_000;
  }

  long memoryBytes() {
    return memoryBytes;
  }

  /// What VMs may have.
  long memoryForVms() {
    return memoryBytes - OS_MEMORY_BYTES;
  }
}
