package io.belfry.server.observe;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where logs go and how they look. They go to standard error; standard output is for what a person
/// or a script waits for.
public final class Logging {
  private static final String OURS = "io.belfry";

  /// Belfry, and the libraries of its server.
  private static final List<String> QUIET =
      List.of(OURS, "com.zaxxer.hikari", "io.helidon", "org.flywaydb", "org.postgresql");

  private Logging() {}

  /// How a line looks.
  public enum Format {
    /// For people.
    TEXT,
    /// A JSON object a line, for programs.
    JSON
  }

  /// Applies to the whole process from now on.
  ///
  /// @param detailed whether Belfry's own debug messages are wanted
  public static void configure(Format format, boolean detailed) {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    logToStandardError(context, format, Level.WARN);
    context.getLogger(OURS).setLevel(detailed ? Level.DEBUG : Level.INFO);
  }

  /// What a server in a process that isn't its own begins with: its own news are of no interest
  /// there, warnings are.
  static void configureGuest(LoggerContext context) {
    logToStandardError(context, Format.TEXT, Level.INFO);
    QUIET.forEach(name -> context.getLogger(name).setLevel(Level.WARN));
  }

  private static void logToStandardError(LoggerContext context, Format format, Level level) {
    var console = new ConsoleAppender<ILoggingEvent>();
    console.setContext(context);
    console.setTarget("System.err");
    console.setEncoder(encoder(format, context));
    console.start();
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(level);
    root.addAppender(console);
  }

  private static Encoder<ILoggingEvent> encoder(Format format, LoggerContext context) {
    return switch (format) {
      case TEXT -> {
        var lines = new LinesForPeople();
        lines.setContext(context);
        lines.start();
        var text = new LayoutWrappingEncoder<ILoggingEvent>();
        text.setContext(context);
        text.setLayout(lines);
        text.start();
        yield text;
      }
      case JSON -> {
        var json = new JsonEncoder();
        json.setContext(context);
        json.setWithSequenceNumber(false);
        json.setWithNanoseconds(false);
        json.setWithContext(false);
        json.start();
        yield json;
      }
    };
  }
}
