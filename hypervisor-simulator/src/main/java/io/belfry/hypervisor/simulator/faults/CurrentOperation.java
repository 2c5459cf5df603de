package io.belfry.hypervisor.simulator.faults;

/// For which operation of the API this thread calls the driver.
public final class CurrentOperation {
  private static final ScopedValue<String> PATH = ScopedValue.newInstance();

  private CurrentOperation() {}

  /// The operation's path; empty if nobody said.
  static String path() {
    return PATH.orElse("");
  }

  /// Does something for an operation.
  public static <T, X extends Throwable> T during(String path, ScopedValue.CallableOp<T, X> work)
      throws X {
    return ScopedValue.where(PATH, path).call(work);
  }
}
