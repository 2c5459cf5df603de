package io.belfry.server.http;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Interrupts threads that take too long. A virtual thread that is interrupted loses the socket it
/// waits for, so this ends a slow query as well as a client that doesn't read its answer.
final class Deadlines implements AutoCloseable {
  private final ScheduledThreadPoolExecutor timer;

  Deadlines() {
    timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("request-deadlines").factory());
    timer.setRemoveOnCancelPolicy(true);
  }

  /// A limit for what the calling thread does until it closes the result.
  Deadline within(Duration limit) {
    var deadline = new Deadline(Thread.currentThread());
    deadline.alarm = timer.schedule(deadline::pass, limit.toMillis(), TimeUnit.MILLISECONDS);
    return deadline;
  }

  /// No limit, where one is asked for.
  Deadline none() {
    return new Deadline(Thread.currentThread());
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  /// One thread's limit.
  static final class Deadline implements AutoCloseable {
    private final Thread thread;
    private @Nullable Future<?> alarm;
    private boolean ended;
    private boolean passed;

    private Deadline(Thread thread) {
      this.thread = thread;
    }

    private synchronized void pass() {
      if (!ended) {
        passed = true;
        thread.interrupt();
      }
    }

    synchronized boolean hasPassed() {
      return passed;
    }

    /// Ends the limit; the thread isn't interrupted any more.
    @Override
    public synchronized void close() {
      ended = true;
      if (alarm != null) {
        alarm.cancel(false);
      }
      if (passed) {
        Thread.interrupted();
      }
    }
  }
}
