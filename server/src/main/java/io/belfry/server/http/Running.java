package io.belfry.server.http;

import java.time.Duration;

/// Counts the requests that are being handled, and knows when the last one has ended.
final class Running {
  private int count;
  private boolean leaving;
  private boolean draining;

  synchronized void enter() {
    count++;
  }

  synchronized void leave() {
    count--;
    notifyAll();
  }

  /// Makes it known that the server will stop, while all still goes on.
  synchronized void announceEnd() {
    leaving = true;
  }

  /// Whether the server will stop, so that nobody should begin to rely on it.
  synchronized boolean isLeaving() {
    return leaving || draining;
  }

  /// Whether the server is about to stop, and takes no new work.
  synchronized boolean isDraining() {
    return draining;
  }

  /// Lets no new work begin, and waits until what runs has ended.
  ///
  /// @return how many requests still run when the time is over
  synchronized int drain(Duration limit) {
    draining = true;
    var endNanos = System.nanoTime() + limit.toNanos();
    try {
      while (count > 0 && endNanos - System.nanoTime() > 0) {
        wait(Math.max(1, (endNanos - System.nanoTime()) / 1_000_000));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return count;
  }
}
