package io.belfry.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.sdk.internal.Shape;
import io.belfry.sdk.model.Vm;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Answers of older servers, which lack fields that newer ones send: whichever field it is, and
/// however many.
final class TrimmedAnswersTest {
  private static final String MODELS = "io/belfry/sdk/model";

  /// All models that are read from answers.
  private static List<Class<?>> models() throws Exception {
    var classes = Path.of(Vm.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (var files = Files.list(classes.resolve(MODELS))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".class") && !name.contains("$"))
          .<Class<?>>map(TrimmedAnswersTest::model)
          .filter(type -> Arrays.stream(type.getFields()).anyMatch(TrimmedAnswersTest::isShape))
          .toList();
    }
  }

  private static Class<?> model(String file) {
    try {
      return Class.forName(MODELS.replace('/', '.') + "." + file.replace(".class", ""));
    } catch (ClassNotFoundException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static boolean isShape(java.lang.reflect.Field field) {
    return field.getName().equals("SHAPE");
  }

  private static Object empty(Class<?> model) throws ReflectiveOperationException, IOException {
    return ((Shape<?>) model.getField("SHAPE").get(null)).read(Json.object());
  }

  private static Stream<Method> accessors(Class<?> model) {
    return Arrays.stream(model.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .filter(method -> method.getParameterCount() == 0 && !method.isSynthetic());
  }

  @Test
  void canAllBeRead() throws Exception {
    var models = models();
    assertThat(models).hasSizeGreaterThan(300).contains(Vm.class);
    for (var model : models) {
      assertThat(empty(model)).hasToString(model.getSimpleName() + "{}");
    }
  }

  @Test
  void giveNothingOrSayWhatIsMissing() throws Exception {
    var promised = 0;
    for (var model : models()) {
      var empty = empty(model);
      for (var accessor : accessors(model).toList()) {
        promised += gives(accessor, empty) ? 0 : 1;
      }
    }
    assertThat(promised).isGreaterThan(1000);
  }

  /// @return false if it says that the server should have sent the field
  private static boolean gives(Method accessor, Object empty) throws IllegalAccessException {
    var name = accessor.getDeclaringClass().getSimpleName() + "." + accessor.getName();
    try {
      var given = accessor.invoke(empty);
      assertThat(given == null || given.equals(List.of())).as(name).isTrue();
      return true;
    } catch (InvocationTargetException refused) {
      assertThat(refused.getCause())
          .as(name)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(accessor.getDeclaringClass().getSimpleName() + ".");
      return false;
    }
  }
}
