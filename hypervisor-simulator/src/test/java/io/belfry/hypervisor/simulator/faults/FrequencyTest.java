package io.belfry.hypervisor.simulator.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FrequencyTest {
  @Test
  void strikesTheFirstOnes() {
    assertThat(struck(Frequency.first(3), 10)).containsExactly(1L, 2L, 3L);
  }

  @Test
  void strikesEverySoMany() {
    assertThat(struck(Frequency.every(4), 12)).containsExactly(4L, 8L, 12L);
  }

  @Test
  void strikesWhereAllConditionsHold() {
    assertThat(struck(new Frequency(10, 3, 1, 0), 20)).containsExactly(3L, 6L, 9L);
  }

  @Test
  void strikesTheSameNumbersForTheSameSeed() {
    for (var seed = -20; seed < 20; seed++) {
      assertThat(struck(Frequency.sometimes(0.3, seed), 200))
          .isEqualTo(struck(Frequency.sometimes(0.3, seed), 200));
    }
    assertThat(struck(Frequency.sometimes(0.3, 1), 200))
        .isNotEqualTo(struck(Frequency.sometimes(0.3, 2), 200));
  }

  @Test
  void strikesAboutAsOftenAsItShould() {
    for (var seed = 0; seed < 20; seed++) {
      assertThat(struck(Frequency.sometimes(0.25, seed), 10_000).size())
          .as("seed %s", seed)
          .isBetween(2_200, 2_800);
    }
  }

  @Test
  void refusesWhatCanNeverStrike() {
    assertThatThrownBy(() -> Frequency.first(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Frequency.every(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Frequency.sometimes(Double.NaN, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Frequency.sometimes(1.5, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<Long> struck(Frequency frequency, long calls) {
    return LongStream.rangeClosed(1, calls).filter(frequency::strikes).boxed().toList();
  }
}
