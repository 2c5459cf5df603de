package io.belfry.cli.output;

import io.belfry.cli.catalogue.Catalogue;
import io.belfry.cli.catalogue.Definition;
import io.belfry.cli.catalogue.Field;
import io.belfry.cli.catalogue.Nearest;
import io.belfry.cli.catalogue.TypeUse;
import io.belfry.cli.shell.Failure;
import io.belfry.sdk.Json;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;

/// Which columns a table of objects has.
///
/// @param columns from left to right
public record Columns(List<Column> columns) {
  private static final int MOST = 7;

  /// One column: a path through an object, and the field that it ends at.
  public record Column(String path, Field field) {
    /// The value in an object; of a relation to many, all of them.
    public Json value(Json object) {
      return along(object, List.of(path.split("\\.")));
    }

    private static Json along(Json value, List<String> path) {
      if (path.isEmpty() || value.isNull()) {
        return value;
      }
      if (value.isArray()) {
        return Json.of(value.elements().stream().map(each -> along(each, path)).toList());
      }
      return value.isObject()
          ? along(value.get(path.get(0)), path.subList(1, path.size()))
          : Json.NULL;
    }
  }

  /// The columns that somebody asked for.
  ///
  /// @throws Failure if there is no such field
  public static Columns of(Catalogue catalogue, Definition type, List<String> paths) {
    return new Columns(
        paths.stream().map(path -> new Column(path, field(catalogue, type, path))).toList());
  }

  /// The columns that tell most about objects of a type.
  public static Columns of(Catalogue catalogue, Definition type) {
    var chosen = chosen().getProperty(type.name());
    return chosen == null ? guess(type) : of(catalogue, type, List.of(chosen.split(",")));
  }

  /// The types whose columns were chosen.
  public static Set<String> chosenTypes() {
    return chosen().stringPropertyNames();
  }

  private static Properties chosen() {
    var chosen = new Properties();
    try (var file =
        new InputStreamReader(
            Objects.requireNonNull(Columns.class.getResourceAsStream("columns.properties")),
            StandardCharsets.UTF_8)) {
      chosen.load(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return chosen;
  }

  /// What people know an object by, then plain fields in the schema's order, and the id at the end.
  private static Columns guess(Definition type) {
    var columns = new ArrayList<Field>();
    type.shown().stream().filter(field -> field.name().equals(type.label())).forEach(columns::add);
    type.shown().stream()
        .filter(field -> isPlain(field) && !columns.contains(field) && !field.name().endsWith("id"))
        .limit(MOST - 2L)
        .forEach(columns::add);
    type.field("id").ifPresent(columns::add);
    return new Columns(columns.stream().map(field -> new Column(field.name(), field)).toList());
  }

  private static boolean isPlain(Field field) {
    var kind = field.type().kind();
    return !field.type().many() && (kind == TypeUse.Kind.SCALAR || kind == TypeUse.Kind.ENUM);
  }

  private static Field field(Catalogue catalogue, Definition type, String path) {
    var names = path.split("\\.", 2);
    var field =
        type.field(names[0])
            .orElseThrow(() ->
                Failure.usage(
                    "--columns: %s has no field '%s'%s"
                        .formatted(
                            type.name(),
                            names[0],
                            Nearest.question(
                                names[0], type.shown().stream().map(Field::name).toList()))));
    if (names.length == 1) {
      return field;
    }
    return switch (field.type().kind()) {
      case ENTITY, OBJECT, INPUT -> field(catalogue, catalogue.definition(field.type()), names[1]);
      default -> throw Failure.usage("--columns: '%s' has no fields".formatted(names[0]));
    };
  }
}
