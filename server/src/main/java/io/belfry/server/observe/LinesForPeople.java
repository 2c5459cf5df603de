package io.belfry.server.observe;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// `14:03:07.120 INFO Platform The message`, and below it the stack trace, if there is one.
/// Thread-safe.
///
/// In place of a pattern, which logback prepares for in 0.1 s of the start of every process.
final class LinesForPeople extends LayoutBase<ILoggingEvent> {
  private static final int LEVEL_WIDTH = 5;
  private static final int LOGGER_WIDTH = 14;

  /// When the first line is written.
  private static final class Time {
    static final DateTimeFormatter FORMAT =
        DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());
  }

  @Override
  public String doLayout(ILoggingEvent event) {
    var line = new StringBuilder();
    Time.FORMAT.formatTo(Instant.ofEpochMilli(event.getTimeStamp()), line);
    line.append(' ');
    append(line, event.getLevel().toString(), LEVEL_WIDTH);
    append(line, simpleName(event.getLoggerName()), LOGGER_WIDTH);
    line.append(event.getFormattedMessage()).append('\n');
    var thrown = event.getThrowableProxy();
    if (thrown != null) {
      line.append(ThrowableProxyUtil.asString(thrown));
    }
    return line.toString();
  }

  private static String simpleName(String logger) {
    return logger.substring(logger.lastIndexOf('.') + 1);
  }

  /// Followed by a space.
  private static void append(StringBuilder line, String text, int width) {
    line.append(text).append(" ".repeat(Math.max(0, width - text.length()) + 1));
  }
}
