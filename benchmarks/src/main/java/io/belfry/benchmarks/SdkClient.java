package io.belfry.benchmarks;

import java.util.List;

/// What [SdkBenchmark] measures of an SDK: ours, the floor, or a peer. A peer's class implements
/// this, has a constructor without parameters, and is named by `-Dpeer.class`.
public interface SdkClient extends AutoCloseable {
  /// Logs in as `root` with the password `benchmark`.
  ///
  /// @param url the API's address
  void connect(String url) throws Exception;

  /// Reads VMs and looks at the memory of each.
  ///
  /// @param first how many
  /// @return the memory of all together, in bytes
  long getVms(int first) throws Exception;

  /// Decodes an answer to `get-vms` and looks at the memory of each VM.
  ///
  /// @return the memory of all together, in bytes
  long decode(byte[] answer) throws Exception;

  /// Waits until tasks have ended.
  ///
  /// @throws UnsupportedOperationException if the SDK has nothing that waits
  void waitForTasks(List<String> ids) throws Exception;

  /// Lets go of everything, as a program would that ends.
  @Override
  void close();
}
