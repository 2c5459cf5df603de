package io.belfry.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DeadlinesTest {
  private static CompletableFuture<String> watched(Duration time) {
    var future = new CompletableFuture<String>();
    Deadlines.SHARED.watch(future, System.nanoTime() + time.toNanos());
    return future;
  }

  private static void assertTimesOut(CompletableFuture<String> future) {
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> future.get(1, TimeUnit.MINUTES))
        .withCauseInstanceOf(TimeoutException.class);
  }

  @Test
  void failsWhatTakesTooLongThoughOthersMayTakeLonger() {
    var patient = watched(Duration.ofHours(1));
    var hasty = watched(Duration.ofMillis(20));

    assertTimesOut(hasty);

    assertThat(patient).isNotDone();
    patient.complete("done");
  }

  @Test
  void seesToLaterDeadlinesAfterEarlierOnes() {
    var all =
        IntStream.of(60, 5, 30, 15, 45).mapToObj(ms -> watched(Duration.ofMillis(ms))).toList();

    all.forEach(DeadlinesTest::assertTimesOut);
  }

  @Test
  void failsAtOnceWhatIsLate() {
    assertTimesOut(watched(Duration.ofMillis(-1)));
  }

  @Test
  void leavesAloneWhatIsDoneInTime() throws Exception {
    var done = watched(Duration.ofMillis(10));
    done.complete("in time");

    assertTimesOut(watched(Duration.ofMillis(20)));

    assertThat(List.of(done.get())).containsExactly("in time");
  }
}
