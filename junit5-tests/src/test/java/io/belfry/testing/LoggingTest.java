package io.belfry.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/// In a project without a `logback-test.xml`. Alone, as SLF4J answers otherwise while another
/// thread configures it.
@Isolated
class LoggingTest {
  @Test
  void leavesTheServerAndItsLibrariesOnlyTheirWarnings() {
    for (var name :
        new String[] {"io.belfry.server", "io.helidon.webserver", "com.zaxxer.hikari"}) {
      var log = LoggerFactory.getLogger(name);
      assertThat(log.isInfoEnabled()).as(name).isFalse();
      assertThat(log.isWarnEnabled()).as(name).isTrue();
    }
  }

  @Test
  void showsWhatTheProjectHasToSay() {
    var log = LoggerFactory.getLogger("com.example.Nightly");

    assertThat(log.isInfoEnabled()).isTrue();
    assertThat(log.isDebugEnabled()).isFalse();
  }
}
