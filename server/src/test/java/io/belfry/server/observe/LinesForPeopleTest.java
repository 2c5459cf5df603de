package io.belfry.server.observe;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LinesForPeopleTest {
  private static final Instant MOMENT = Instant.parse("2026-11-30T14:03:07.120Z");

  private final LinesForPeople lines = new LinesForPeople();

  @Test
  void alignsWhatEachLineSays() {
    var time = LocalTime.ofInstant(MOMENT, ZoneId.systemDefault());

    assertThat(line("io.belfry.server.Platform", Level.INFO, null))
        .isEqualTo("%s INFO  Platform       The bell rang twice%n".formatted(time));
    assertThat(line("io.belfry.store.database.EmbeddedPostgres", Level.ERROR, null))
        .isEqualTo("%s ERROR EmbeddedPostgres The bell rang twice%n".formatted(time));
    assertThat(line("ROOT", Level.WARN, null))
        .isEqualTo("%s WARN  ROOT           The bell rang twice%n".formatted(time));
  }

  @Test
  void showsWhatWasThrownAndWhy() {
    var thrown = new IllegalStateException("cracked", new IllegalArgumentException("too cold"));

    var text = line("io.belfry.Bell", Level.WARN, thrown);

    assertThat(text)
        .contains(
            """
            WARN  Bell           The bell rang twice
            java.lang.IllegalStateException: cracked
            \tat io.belfry.server.observe.LinesForPeopleTest.showsWhatWasThrownAndWhy(\
            """)
        .contains("\nCaused by: java.lang.IllegalArgumentException: too cold\n")
        .endsWith("\n");
  }

  private String line(String logger, Level level, @Nullable Throwable thrown) {
    var event = new LoggingEvent();
    event.setLoggerContext(new LoggerContext());
    event.setLoggerName(logger);
    event.setLevel(level);
    event.setMessage("The bell rang {}");
    event.setArgumentArray(new Object[] {"twice"});
    event.setInstant(MOMENT);
    if (thrown != null) {
      event.setThrowableProxy(new ThrowableProxy(thrown));
    }
    return lines.doLayout(event);
  }
}
