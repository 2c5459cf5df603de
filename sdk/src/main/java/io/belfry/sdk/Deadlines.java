package io.belfry.sdk;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Fails futures that take too long. Hardly any does, so there is one timer for all of them, set
/// for the earliest deadline: a timer of its own for each would cost more than the rest of a call.
/// Thread-safe.
final class Deadlines {
  static final Deadlines SHARED = new Deadlines();

  private final Set<Watched> pending = ConcurrentHashMap.newKeySet();

  private boolean isSet;
  private long time;

  private Deadlines() {}

  /// A future that has not ended. Each is equal to itself only.
  private static final class Watched {
    private final CompletableFuture<?> future;
    private final long deadline;

    Watched(CompletableFuture<?> future, long deadline) {
      this.future = future;
      this.deadline = deadline;
    }
  }

  /// Fails a future with a [TimeoutException] unless it is done by then.
  ///
  /// @param deadline as [System#nanoTime] counts
  @SuppressWarnings("FutureReturnValueIgnored") // the future carries every outcome
  void watch(CompletableFuture<?> future, long deadline) {
    var watched = new Watched(future, deadline);
    pending.add(watched);
    future.whenComplete((value, failed) -> pending.remove(watched));
    set(deadline);
  }

  private synchronized void set(long deadline) {
    if (isSet && time - deadline <= 0) {
      return;
    }
    isSet = true;
    time = deadline;
    CompletableFuture.delayedExecutor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)
        .execute(() -> ring(deadline));
  }

  /// @param setFor where that has been replaced by an earlier time, that one sees to everything
  private void ring(long setFor) {
    synchronized (this) {
      if (!isSet || time != setFor) {
        return;
      }
      isSet = false;
    }
    var now = System.nanoTime();
    for (var each : pending) {
      if (each.deadline - now <= 0) {
        each.future.completeExceptionally(new TimeoutException());
      }
    }
    pending.stream()
        .map(each -> each.deadline)
        .min((one, other) -> Long.signum(one - other))
        .ifPresent(this::set);
  }
}
