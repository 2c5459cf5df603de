package io.belfry.store.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RecurringJobTest {
  @Test
  void tellsOfAnOutageOnceAndOfItsEnd() throws InterruptedException {
    assertThat(
            logged(
                Time.FINE, Time.AWAY, Time.AWAY, Time.AWAY, Time.FINE, Time.FINE, Time.AWAY,
                Time.FINE))
        .containsExactly(
            "WARN test: waits for what it needs: no database",
            "INFO test: works again",
            "WARN test: waits for what it needs: no database",
            "INFO test: works again");
  }

  @Test
  void tellsOfEachKindOfTrouble() throws InterruptedException {
    assertThat(logged(Time.AWAY, Time.BROKEN, Time.BROKEN, Time.AWAY, Time.FINE))
        .containsExactly(
            "WARN test: waits for what it needs: no database",
            "WARN test: fails, and is tried again (stack trace)",
            "WARN test: waits for what it needs: no database",
            "INFO test: works again");
  }

  @Test
  void interruptsItsWorkWhenItIsClosed() throws InterruptedException {
    var begun = new CountDownLatch(1);
    var interrupted = new AtomicInteger();
    var job =
        RecurringJob.start(
            "test",
            Duration.ofMillis(1),
            () -> {
              begun.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.incrementAndGet();
                throw e;
              }
            });
    begun.await();

    job.close();

    assertThat(interrupted).hasValue(1);
  }

  @Test
  void restsWhileSomebodyElseWorks() throws InterruptedException {
    var working = new AtomicInteger();
    var begun = new CountDownLatch(3);
    try (var job =
        RecurringJob.start(
            "test",
            Duration.ofMillis(1),
            () -> {
              working.incrementAndGet();
              begun.countDown();
              working.decrementAndGet();
            })) {
      begun.await();

      for (var i = 0; i < 100; i++) {
        assertThat(job.<Integer>whileResting(working::get)).isZero();
      }
    }
  }

  /// How the work goes one time.
  private enum Time {
    FINE,
    AWAY,
    BROKEN;

    void run() {
      switch (this) {
        case FINE -> {}
        case AWAY ->
            throw new Problem(ProblemCode.DATABASE_UNAVAILABLE, "no database").asException();
        case BROKEN -> throw new IllegalStateException("a mistake");
      }
    }
  }

  /// What is logged of a job that goes like this, one time after the other.
  private static List<String> logged(Time... times) throws InterruptedException {
    var count = new AtomicInteger();
    var done = new CountDownLatch(1);
    try (var log = CapturedLog.of(RecurringJob.class);
        var _ =
            RecurringJob.start(
                "test",
                Duration.ofMillis(1),
                () -> {
                  var now = count.getAndIncrement();
                  if (now < times.length) {
                    times[now].run();
                  } else {
                    done.countDown();
                  }
                })) {
      done.await();
      return log.lines();
    }
  }
}
