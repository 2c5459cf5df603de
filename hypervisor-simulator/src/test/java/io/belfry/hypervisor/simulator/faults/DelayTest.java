package io.belfry.hypervisor.simulator.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DelayTest {
  @Test
  void isAlwaysTheSameWhenFixed() {
    var delay = new Delay.Fixed(Duration.ofMillis(200));

    assertThat(delay.at(0)).isEqualTo(delay.at(0.99)).hasMillis(200);
  }

  @Test
  void staysBetweenItsBoundsWhenUniform() {
    var delay = new Delay.Uniform(Duration.ofMillis(100), Duration.ofMillis(300));

    assertThat(delay.at(0)).hasMillis(100);
    assertThat(delay.at(0.5)).hasMillis(200);
    assertThat(delay.at(Math.nextDown(1.0))).isLessThanOrEqualTo(Duration.ofMillis(300));
  }

  @Test
  void hasItsMeanWhenExponential() {
    var delay = new Delay.Exponential(Duration.ofMillis(100));

    var mean =
        LongStream.rangeClosed(1, 10_000)
            .mapToDouble(number -> delay.at(Chance.of(42, number)).toNanos() / 1e6)
            .average()
            .orElseThrow();

    assertThat(mean).isBetween(95.0, 105.0);
    assertThat(delay.at(Math.nextDown(1.0))).isLessThan(Duration.ofSeconds(4));
  }

  @Test
  void refusesBoundsTheWrongWayRound() {
    assertThatThrownBy(() -> new Delay.Uniform(Duration.ofMillis(2), Duration.ofMillis(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Delay.Fixed(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
