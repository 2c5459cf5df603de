package io.belfry.hypervisor;

/// The virtual CPUs of a VM.
///
/// @param coresPerSocket cores in each socket, not in all of them
public record Cpu(int sockets, int coresPerSocket) {
  public Cpu {
    Require.positive("sockets", sockets);
    Require.positive("coresPerSocket", coresPerSocket);
  }

  /// How many virtual CPUs that makes.
  public int count() {
    return Math.multiplyExact(sockets, coresPerSocket);
  }
}
