package io.belfry.testing;

import io.belfry.testing.BelfryServer.Reset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.commons.support.AnnotationSupport;

/// Which server a class wants. Classes that want the same share it.
record ServerChoice(String simulate, long seed, String speed) {

  static ServerChoice of(BelfryServer wanted) {
    return new ServerChoice(wanted.simulate(), wanted.seed(), wanted.speed());
  }

  /// What a class says, or the nearest class around it that says something.
  static Optional<BelfryServer> annotation(Class<?> testClass) {
    return Stream.<Class<?>>iterate(testClass, each -> each != null, Class::getEnclosingClass)
        .flatMap(each -> AnnotationSupport.findAnnotation(each, BelfryServer.class).stream())
        .findFirst();
  }

  static BelfryServer required(Class<?> testClass) {
    return annotation(testClass)
        .orElseThrow(() ->
            new ExtensionConfigurationException(
                "%s has no @BelfryServer, which says what server it wants: add it to the class"
                    .formatted(testClass.getName())));
  }

  static Reset reset(Class<?> testClass) {
    return required(testClass).reset();
  }

  /// As options of `belfry up`.
  List<String> options() {
    return List.of("--simulate", simulate, "--seed", String.valueOf(seed), "--speed", speed);
  }

  /// As in the source of a test.
  @Override
  public String toString() {
    return "@BelfryServer(simulate = \"%s\", seed = %s, speed = \"%s\")"
        .formatted(simulate, seed, speed);
  }
}
