package io.belfry.testing;

import io.belfry.testing.BelfryServer.Reset;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;
import org.junit.platform.commons.support.AnnotationSupport;

/// What [BelfryServer] makes JUnit do.
final class ServerExtension
    implements BeforeAllCallback, BeforeEachCallback, ParameterResolver, TestInstancePostProcessor {
  private static final ExtensionContext.Namespace SERVERS =
      ExtensionContext.Namespace.create(ServerExtension.class);

  @Override
  public void beforeAll(ExtensionContext context) {
    var testClass = context.getRequiredTestClass();
    var server = server(context);
    if (ServerChoice.reset(testClass) == Reset.BEFORE_EACH_CLASS) {
      var _ = server.simulator().reset();
    }
    fill(testClass, null, server, field -> Modifier.isStatic(field.getModifiers()));
  }

  @Override
  public void postProcessTestInstance(Object instance, ExtensionContext context) {
    fill(
        instance.getClass(),
        instance,
        server(context),
        field -> !Modifier.isStatic(field.getModifiers()));
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    if (ServerChoice.reset(context.getRequiredTestClass()) == Reset.BEFORE_EACH_TEST) {
      var _ = server(context).simulator().reset();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return StartedServer.offers(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return server(context).offer(parameter.getParameter().getType());
  }

  /// The server of a class, which starts when the first class wants it. JUnit closes it after the
  /// last test. What JUnit 6 calls otherwise, JUnit 5 knows by this name only.
  @SuppressWarnings("deprecation")
  private static StartedServer server(ExtensionContext context) {
    var choice = ServerChoice.of(ServerChoice.required(context.getRequiredTestClass()));
    var server =
        context
            .getRoot()
            .getStore(SERVERS)
            .getOrComputeIfAbsent(choice, StartedServer::of, StartedServer.class);
    return Objects.requireNonNull(server);
  }

  private static void fill(
      Class<?> testClass,
      @Nullable Object instance,
      StartedServer server,
      Predicate<Field> wanted) {
    AnnotationSupport.findAnnotatedFields(testClass, FromServer.class, wanted)
        .forEach(field -> fill(field, instance, server));
  }

  private static void fill(Field field, @Nullable Object instance, StartedServer server) {
    var type = field.getType();
    if (!StartedServer.offers(type) || Modifier.isFinal(field.getModifiers())) {
      throw new ExtensionConfigurationException(
          "@FromServer %s can't be set: it must not be final, and be one of %s"
              .formatted(field, StartedServer.OFFERED));
    }
    try {
      field.setAccessible(true);
      field.set(instance, server.offer(type));
    } catch (IllegalAccessException | RuntimeException e) {
      throw new ExtensionConfigurationException(
          "@FromServer %s can't be set: open its package to this module".formatted(field), e);
    }
  }
}
