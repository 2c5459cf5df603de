package io.belfry.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  private static final List<String> FIELDS =
      List.of("memory", "memory_usage", "max_iops", "name", "hostname", "ha_priority", "host");

  @Test
  void findsAMisspeltName() {
    assertThat(Nearest.names("memroy", FIELDS, 3)).containsExactly("memory");
    assertThat(Nearest.names("hostnam", FIELDS, 1)).containsExactly("hostname");
  }

  @Test
  void takesOtherSpellingsOfTheSameWordsForTheSame() {
    assertThat(Nearest.names("haPriority", FIELDS, 1)).containsExactly("ha_priority");
    assertThat(Nearest.names("MAX-IOPS", FIELDS, 1)).containsExactly("max_iops");
  }

  @Test
  void namesTheClosestFirstAndThenByAlphabet() {
    assertThat(Nearest.names("disk", List.of("disc", "diskx", "dusk", "disks"), 4))
        .containsExactly("disc", "disks", "diskx", "dusk");
    assertThat(Nearest.names("vm_nics", List.of("vm_nic", "nics", "vm_nics_every"), 3))
        .containsExactly("vm_nic", "nics");
  }

  @Test
  void namesNoMoreThanAsked() {
    assertThat(Nearest.names("disk", List.of("disc", "disks", "dusk"), 2))
        .containsExactly("disc", "disks");
  }

  @Test
  void namesNothingWhereNothingIsClose() {
    assertThat(Nearest.names("description", FIELDS, 3)).isEmpty();
    assertThat(Nearest.names("name", List.of(), 3)).isEmpty();
  }
}
