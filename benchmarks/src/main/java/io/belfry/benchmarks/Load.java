package io.belfry.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Closed loops: each of several threads calls again as soon as it is answered.
final class Load {
  private Load() {}

  static Duration length() {
    return Duration.ofSeconds(Integer.getInteger("seconds", 10));
  }

  /// Calls for a while on several threads, after a warm-up half as long.
  ///
  /// @return calls per second
  static double perSecond(int threads, Callable<?> call) throws Exception {
    count(threads, length().dividedBy(2), call);
    var calls = count(threads, length(), call);
    return calls * 1e9 / length().toNanos();
  }

  /// The median time of several calls, in milliseconds, after as many to warm up.
  static double medianMillis(int calls, Callable<?> call) throws Exception {
    var millis = new double[calls];
    for (var i = -calls; i < calls; i++) {
      var begun = System.nanoTime();
      call.call();
      if (i >= 0) {
        millis[i] = (System.nanoTime() - begun) / 1e6;
      }
    }
    Arrays.sort(millis);
    return millis[calls / 2];
  }

  /// Calls for a while on several threads.
  static long count(int threads, Duration length, Callable<?> call) throws Exception {
    var end = System.nanoTime() + length.toNanos();
    var calls = 0L;
    try (var executor = Executors.newFixedThreadPool(threads)) {
      var counts = new ArrayList<Future<Long>>();
      for (var i = 0; i < threads; i++) {
        counts.add(
            executor.submit(() -> {
              var count = 0L;
              while (System.nanoTime() < end) {
                call.call();
                count++;
              }
              return count;
            }));
      }
      for (var count : counts) {
        calls += count.get();
      }
    }
    return calls;
  }
}
