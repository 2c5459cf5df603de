package io.belfry.codegen.rows;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;

/// Names in generated rows, and of the hand-written types that these build on.
final class Names {
  static final String PACKAGE = "io.belfry.store.rows";

  static final ClassName VALUES = handwritten("Values");
  static final ClassName ROW_TYPE = handwritten("RowType");
  static final ClassName EDIT = handwritten("Edit");
  static final ClassName LOCALIZED_TEXT = handwritten("LocalizedText");
  static final AnnotationSpec NULLABLE = AnnotationSpec.builder(Nullable.class).build();

  /// Members that every row or edit has already.
  private static final Set<String> TAKEN =
      Set.of(
          "edit",
          "entity",
          "values",
          "clone",
          "finalize",
          "getClass",
          "hashCode",
          "notify",
          "notifyAll",
          "toString",
          "wait");

  private static final Pattern UNDERSCORE = Pattern.compile("_+(\\w)");

  private Names() {}

  /// A generated type.
  static ClassName type(String name) {
    return ClassName.get(PACKAGE, name);
  }

  /// A field's accessor: `ha_priority` → `haPriority`, `package` → `package_`.
  static String member(String field) {
    var name = UNDERSCORE.matcher(field).replaceAll(word -> upperCase(word.group(1)));
    return SourceVersion.isKeyword(name) || TAKEN.contains(name) ? name + "_" : name;
  }

  /// An enum's constant: as in the schema, unless Java doesn't allow it.
  static String constant(String name) {
    return SourceVersion.isKeyword(name) ? name + "_" : name;
  }

  private static String upperCase(String letter) {
    return letter.toUpperCase(Locale.ROOT);
  }

  private static ClassName handwritten(String name) {
    return ClassName.get("io.belfry.store.row", name);
  }
}
