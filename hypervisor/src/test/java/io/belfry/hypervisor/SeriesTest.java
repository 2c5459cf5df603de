package io.belfry.hypervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SeriesTest {
  private static final double UNKNOWN = Double.NaN;

  @Test
  void sumCountsWhatOnlyOneKnows() {
    var sum = series(1, UNKNOWN, 3, UNKNOWN).plus(series(10, 20, UNKNOWN, UNKNOWN));

    assertThat(values(sum)).containsExactly(11, 20, 3, UNKNOWN);
  }

  @Test
  void combinationNeedsBoth() {
    var product = series(2, UNKNOWN, 3).with(series(5, 7, UNKNOWN), (a, b) -> a * b);

    assertThat(values(product)).containsExactly(10, UNKNOWN, UNKNOWN);
  }

  @Test
  void meanIsThatOfWhatIsKnown() {
    assertThat(series(1, UNKNOWN, 3).mean()).isEqualTo(2);
    assertThat(Series.unknown(3).mean()).isNaN();
  }

  @Test
  void tellsWhetherAnythingIsKnown() {
    assertThat(Series.unknown(3).knowsAny()).isFalse();
    assertThat(series(UNKNOWN, 0).knowsAny()).isTrue();
    assertThat(series(UNKNOWN, 0).knows(0)).isFalse();
  }

  @Test
  void whatRemembersNothingKnowsNothing() {
    var moments = new Moments(Instant.EPOCH, Duration.ofSeconds(1), 2);
    var vm = new UsageHistory.Source.Vm(new VmId("vm"));

    assertThat(UsageHistory.NONE.since()).isEmpty();
    assertThat(UsageHistory.NONE.values(vm, UsageHistory.Quantity.CPU_PERCENT, moments).knowsAny())
        .isFalse();
  }

  private static Series series(double... values) {
    return Series.of(values.length, i -> values[i]);
  }

  private static double[] values(Series series) {
    return IntStream.range(0, series.size()).mapToDouble(series::at).toArray();
  }
}
