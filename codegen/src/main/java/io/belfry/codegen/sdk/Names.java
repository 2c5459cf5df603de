package io.belfry.codegen.sdk;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;

/// Names in the SDK: of generated types and members, and of the hand-written types these build on.
final class Names {
  static final String MODEL = "io.belfry.sdk.model";
  static final String INTERNAL = "io.belfry.sdk.internal";
  static final String API = "io.belfry.sdk.api";

  static final ClassName ACCEPTED = sdk("Accepted");
  static final ClassName API_CLIENT = sdk("ApiClient");
  static final ClassName CALL_OPTIONS = sdk("CallOptions");
  static final ClassName CONDITION = sdk("Condition");
  static final ClassName CONNECTION = sdk("Connection");
  static final ClassName ENUM_VALUE = sdk("EnumValue");
  static final ClassName JSON = sdk("Json");
  static final ClassName LISTING = sdk("Listing");
  static final ClassName OPERATION = sdk("Operation");
  static final ClassName QUERY = sdk("Query");
  static final ClassName SELECTION = sdk("Selection");
  static final ClassName WITH_TASK = sdk("WithTask");
  static final ClassName INPUT_SHAPE = internal("InputShape");
  static final ClassName MODEL_CLASS = internal("Model");
  static final ClassName SHAPE = internal("Shape");
  static final ClassName VALUES = internal("Values");
  static final AnnotationSpec NULLABLE = AnnotationSpec.builder(Nullable.class).build();

  /// Members that every model or builder has already.
  private static final Set<String> TAKEN =
      Set.of(
          "additional",
          "build",
          "builder",
          "clone",
          "finalize",
          "getClass",
          "hashCode",
          "json",
          "notify",
          "notifyAll",
          "put",
          "toString",
          "wait");

  private static final Pattern UNDERSCORE = Pattern.compile("_+(\\w)");
  private static final Pattern HUMP = Pattern.compile("([a-z0-9])([A-Z])");

  private Names() {}

  static ClassName sdk(String name) {
    return ClassName.get("io.belfry.sdk", name);
  }

  static ClassName model(String name) {
    return ClassName.get(MODEL, name);
  }

  /// What a relation shows of another entity, `NestedVm`.
  static ClassName nested(String entity) {
    return model("Nested" + entity);
  }

  /// A field's accessor or setter: `ha_priority` → `haPriority`, `protected` → `protected_`.
  static String member(String field) {
    var name = UNDERSCORE.matcher(field).replaceAll(word -> upperCase(word.group(1)));
    var lower = name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    return SourceVersion.isKeyword(lower) || TAKEN.contains(lower) ? lower + "_" : lower;
  }

  /// A field's handle: `ha_priority` → `HA_PRIORITY`, `entityAsyncStatus` → `ENTITY_ASYNC_STATUS`.
  static String handle(String field) {
    return upperCase(HUMP.matcher(field).replaceAll("$1_$2"));
  }

  /// An enum's constant: as in the schema, unless Java doesn't allow it.
  static String constant(String name) {
    return SourceVersion.isKeyword(name) ? name + "_" : name;
  }

  private static String upperCase(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  private static ClassName internal(String name) {
    return ClassName.get("io.belfry.sdk.internal", name);
  }
}
