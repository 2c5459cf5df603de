package io.belfry.store.job;

import io.belfry.problem.ProblemCode;
import io.belfry.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Something that is done every so often, on a thread of its own, until [#close]. What goes wrong
/// once is done the next time. The log says so when it begins to go wrong, when it goes wrong in
/// another way, and when it works again; not each time.
public final class RecurringJob implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RecurringJob.class);

  /// That something can't be reached, in whatever words.
  private static final String AWAY = "away";

  private final String name;
  private final Duration pause;
  private final Work work;
  private final Thread thread;

  /// Held while the work runs.
  private final ReentrantLock working = new ReentrantLock();

  /// What went wrong the last time.
  private @Nullable String trouble;

  private RecurringJob(String name, Duration pause, Work work) {
    this.name = name;
    this.pause = pause;
    this.work = work;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
  }

  /// Starts with a pause.
  ///
  /// @param name for people
  /// @param pause between the end of the work and its next beginning
  public static RecurringJob start(String name, Duration pause, Work work) {
    var job = new RecurringJob(name, pause, work);
    job.thread.start();
    return job;
  }

  /// What is done each time.
  @FunctionalInterface
  public interface Work {
    void run() throws InterruptedException;
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(pause);
        working.lockInterruptibly();
        try {
          runOnce();
        } finally {
          working.unlock();
        }
      }
    } catch (InterruptedException _) {
      // closed
    }
  }

  private void runOnce() throws InterruptedException {
    try {
      work.run();
      if (trouble != null) {
        LOG.info("{}: works again", name);
        trouble = null;
      }
    } catch (RuntimeException e) {
      var kind = isUnavailable(e) ? AWAY : e.toString();
      if (!kind.equals(trouble)) {
        tell(e);
      }
      trouble = kind;
    }
  }

  private void tell(RuntimeException e) {
    if (isUnavailable(e)) {
      LOG.warn("{}: waits for what it needs: {}", name, e.getMessage());
    } else {
      LOG.warn("{}: fails, and is tried again", name, e);
    }
  }

  private static boolean isUnavailable(RuntimeException e) {
    return e instanceof ProblemException problem
        && problem.problem().code().category() == ProblemCode.Category.UNAVAILABLE;
  }

  /// Does something while the work rests, for whom it would otherwise see things half done. Work
  /// that has begun ends before.
  public <T> T whileResting(Supplier<T> other) {
    working.lock();
    try {
      return other.get();
    } finally {
      working.unlock();
    }
  }

  /// Interrupts the work and waits for its end.
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
