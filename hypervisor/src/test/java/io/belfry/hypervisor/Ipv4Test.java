package io.belfry.hypervisor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Ipv4Test {
  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "192.168.100.21", "255.255.255.255"})
  void readsWhatItWrites(String text) {
    assertThat(Ipv4.parse(text)).hasToString("Optional[" + text + "]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.04", "1.2.3.-4", "a.b.c.d"})
  void refusesWhatIsNoAddress(String text) {
    assertThat(Ipv4.parse(text)).isEmpty();
  }

  @Test
  void tellsNetmasksFromOtherAddresses() {
    for (var ones = 0; ones <= 32; ones++) {
      assertThat(Ipv4.netmask(ones).isNetmask()).isTrue();
    }
    assertThat(Ipv4.netmask(24)).hasToString("255.255.255.0");
    assertThat(Ipv4.parse("255.0.255.0")).get().matches(mask -> !mask.isNetmask());
    assertThat(Ipv4.parse("0.0.0.255")).get().matches(mask -> !mask.isNetmask());
  }
}
