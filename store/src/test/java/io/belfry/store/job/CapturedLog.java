package io.belfry.store.job;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/// What a class logs until this is closed, from INFO on.
public final class CapturedLog implements AutoCloseable {
  private final Logger logger;
  private final Events events = new Events();

  private CapturedLog(Logger logger) {
    this.logger = logger;
  }

  public static CapturedLog of(Class<?> source) {
    var log = new CapturedLog((Logger) LoggerFactory.getLogger(source));
    log.events.start();
    log.logger.addAppender(log.events);
    log.logger.setLevel(Level.INFO);
    return log;
  }

  /// Level and message of each event, and whether it came with a stack trace.
  public List<String> lines() {
    return events.all.stream()
        .map(event ->
            "%s %s%s"
                .formatted(
                    event.getLevel(),
                    event.getFormattedMessage(),
                    event.getThrowableProxy() == null ? "" : " (stack trace)"))
        .toList();
  }

  @Override
  public void close() {
    logger.detachAppender(events);
    logger.setLevel(null);
  }

  private static final class Events extends AppenderBase<ILoggingEvent> {
    private final List<ILoggingEvent> all = new CopyOnWriteArrayList<>();

    @Override
    protected void append(ILoggingEvent event) {
      all.add(event);
    }
  }
}
