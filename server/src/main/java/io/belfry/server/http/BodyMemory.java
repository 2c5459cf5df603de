package io.belfry.server.http;

import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// The memory that large request bodies share. As JSON takes several times its length once it is
/// read, a few large bodies at once could take all that the server has. Thread-safe.
final class BodyMemory {
  /// What each body may have without asking, so that large ones don't stop small ones.
  static final int FREE_BYTES = 64 << 10;

  /// How long a body waits for others to end.
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final int bytes;
  private final Semaphore left;

  BodyMemory(int bytes) {
    this.bytes = bytes;
    this.left = new Semaphore(bytes);
  }

  /// The part of one request, which ends with the request.
  Share share() {
    return new Share();
  }

  /// What one request's body takes. Belongs to the thread that reads it.
  final class Share implements AutoCloseable {
    private int length;
    private int taken;

    private Share() {}

    /// Takes memory for more of the body.
    ///
    /// @throws io.belfry.problem.ProblemException `OVERLOADED` if others need it for long
    void grow(int count) {
      length += count;
      var needed = length - FREE_BYTES - taken;
      if (needed > 0) {
        take(needed);
        taken += needed;
      }
    }

    private void take(int needed) {
      try {
        if (left.tryAcquire(needed, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      throw new Problem(
              ProblemCode.OVERLOADED,
              "Large requests take all of the %s bytes that there are for them. Try again in a moment, or send less at once."
                  .formatted(bytes),
              Map.of("limit_bytes", bytes))
          .asException();
    }

    @Override
    public void close() {
      left.release(taken);
      taken = 0;
    }
  }
}
