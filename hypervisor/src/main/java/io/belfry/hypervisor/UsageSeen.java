package io.belfry.hypervisor;

/// How busy a VM is; zero while it does not run.
///
/// @param cpuPercent of all its virtual CPUs, 0–100
/// @param memoryPercent of its memory, 0–100
public record UsageSeen(double cpuPercent, double memoryPercent) {
  /// Of a VM that does not run.
  public static final UsageSeen NONE = new UsageSeen(0, 0);

  public UsageSeen {
    Require.percent("cpuPercent", cpuPercent);
    Require.percent("memoryPercent", memoryPercent);
  }
}
