package io.belfry.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What users of the SDK can see is written down in `api/sdk.api`, a line for each member, so that
/// a change of it shows in review. Run with `-Drecreate=true` to accept a change.
///
/// Left out is what follows by rule: the futures of an API class, and what every model, builder and
/// enum has.
final class ApiSurfaceTest {
  private static final boolean RECREATE = Boolean.getBoolean("recreate");
  private static final Path SURFACE = Path.of("api/sdk.api");
  private static final Set<String> COMMON =
      Set.of("SHAPE", "equals", "hashCode", "json", "toString", "values", "valueOf");
  private static final Set<String> COMMON_IN_MODELS =
      Set.of("additional", "build", "builder", "known", "of", "put", "value");

  @Test
  void isTheSurfaceThatWasReviewed() throws Exception {
    var surface = surface();
    if (RECREATE) {
      Files.createDirectories(SURFACE.getParent());
      Files.writeString(SURFACE, surface);
    }
    var now = members(surface);
    var reviewed = members(Files.readString(SURFACE));
    assertThat(without(now, reviewed)).as("new").isEmpty();
    assertThat(without(reviewed, now)).as("gone").isEmpty();
  }

  /// Each member with its type in front, so that a difference says where it is.
  private static Set<String> members(String surface) {
    var members = new LinkedHashSet<String>();
    var type = "";
    for (var line : surface.lines().toList()) {
      type = line.startsWith(" ") ? type : line;
      members.add(line.startsWith(" ") ? type + line : line);
    }
    return members;
  }

  private static Set<String> without(Set<String> some, Set<String> others) {
    var rest = new LinkedHashSet<>(some);
    rest.removeAll(others);
    return rest;
  }

  private static String surface() throws Exception {
    var types = new TreeMap<String, String>();
    for (var type : classes()) {
      if (isShown(type)) {
        types.put(type.getName(), described(type));
      }
    }
    return String.join("\n", types.values());
  }

  private static List<Class<?>> classes() throws Exception {
    var root = Path.of(ApiClient.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    var classes = new ArrayList<Class<?>>();
    for (var name : classNames(root)) {
      classes.add(Class.forName(name, false, ApiClient.class.getClassLoader()));
    }
    return classes;
  }

  private static List<String> classNames(Path root) throws IOException {
    try (var files = Files.walk(root)) {
      return files
          .map(file -> root.relativize(file).toString())
          .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
          .map(name -> name.replaceAll("\\.class$", "").replaceAll("[/\\\\]", "."))
          .toList();
    }
  }

  private static boolean isShown(Class<?> type) {
    var isVisible =
        Modifier.isPublic(type.getModifiers())
            && (type.getEnclosingClass() == null
                || Modifier.isPublic(type.getEnclosingClass().getModifiers()));
    var isByRule = type.getName().endsWith("Api$Async") || type.getName().endsWith("$Known");
    return isVisible && !isByRule && !type.getPackageName().endsWith(".internal");
  }

  private static String described(Class<?> type) {
    var members =
        Stream.of(
                Arrays.stream(type.getDeclaredConstructors()),
                Arrays.stream(type.getDeclaredFields()),
                Arrays.stream(type.getDeclaredMethods()))
            .<Member>flatMap(each -> each)
            .filter(member -> Modifier.isPublic(member.getModifiers()) && !member.isSynthetic())
            .filter(member -> !isCommon(type, member.getName()))
            .map(member -> "  " + described(member) + "\n")
            .sorted()
            .collect(Collectors.joining());
    return type.getName() + supertypes(type) + "\n" + members;
  }

  private static boolean isCommon(Class<?> type, String member) {
    var isModel = type.getPackageName().endsWith(".model");
    return COMMON.contains(member) || (isModel && COMMON_IN_MODELS.contains(member));
  }

  private static String supertypes(Class<?> type) {
    var parents =
        Stream.concat(
                Stream.ofNullable(type.getGenericSuperclass()),
                Arrays.stream(type.getGenericInterfaces()))
            .map(ApiSurfaceTest::shortName)
            .filter(name -> !name.equals("Object"))
            .toList();
    return parents.isEmpty() ? "" : ": " + String.join(", ", parents);
  }

  private static String described(Member member) {
    if (member instanceof Field field) {
      return field.getName() + ": " + shortName(field.getGenericType());
    }
    if (member instanceof Constructor<?> constructor) {
      return "new" + parameters(constructor.getGenericParameterTypes());
    }
    var method = (Method) member;
    var isStatic = Modifier.isStatic(method.getModifiers());
    return (isStatic ? "static " : "")
        + method.getName()
        + parameters(method.getGenericParameterTypes())
        + ": "
        + shortName(method.getGenericReturnType());
  }

  private static String parameters(Type[] types) {
    return Arrays.stream(types)
        .map(ApiSurfaceTest::shortName)
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private static String shortName(Type type) {
    return type.getTypeName().replaceAll("[a-z0-9.]+\\.(?=[A-Z])", "").replace('$', '.');
  }
}
