package io.belfry.server.observe;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.List;

/// What logback begins with where no file configures it, as in many tests: without this it would
/// print what every library has to say for debugging. Found by logback as a service.
public final class LoggingUnlessConfigured extends ContextAwareBase implements Configurator {
  private static final String FILE_PROPERTY = "logback.configurationFile";
  private static final List<String> FILES =
      List.of("logback-test.xml", "logback.xml", "logback-test.scmo", "logback.scmo");

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (System.getProperty(FILE_PROPERTY) != null || FILES.stream().anyMatch(this::isThere)) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    Logging.configureGuest(context);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private boolean isThere(String file) {
    return getClass().getClassLoader().getResource(file) != null;
  }
}
