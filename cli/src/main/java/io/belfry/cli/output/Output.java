package io.belfry.cli.output;

import io.belfry.cli.shell.Surroundings;
import io.belfry.sdk.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/// Writes answers to standard output.
public record Output(Surroundings surroundings, Format format) {
  /// Several objects. Programs get them whole, unless somebody chose columns.
  ///
  /// @param chosen whether somebody chose the columns
  public void rows(List<Json> objects, Columns columns, boolean chosen) {
    switch (format) {
      case TABLE -> table(objects, columns);
      case CSV -> csv(objects, columns);
      case JSON, JSONL, YAML -> {
        var whole = chosen ? objects.stream().map(each -> only(each, columns)).toList() : objects;
        if (format == Format.JSONL) {
          whole.forEach(surroundings.out()::println);
        } else {
          value(Json.of(whole));
        }
      }
    }
  }

  /// One object.
  public void object(Json object, Columns columns, boolean chosen) {
    switch (format) {
      case TABLE -> {
        var names =
            columns.columns().stream().mapToInt(each -> each.path().length()).max().orElse(0);
        for (var column : columns.columns()) {
          var cell = Cells.text(column.field(), column.value(object));
          surroundings
              .out()
              .println(column.path() + " ".repeat(names - column.path().length()) + "  " + cell);
        }
      }
      case CSV -> csv(List.of(object), columns);
      case JSON, JSONL, YAML -> value(chosen ? only(object, columns) : object);
    }
  }

  /// Anything, in a form that keeps all of it.
  public void value(Json value) {
    switch (format) {
      case YAML -> surroundings.out().print(yaml(value));
      case JSONL -> surroundings.out().println(value);
      case CSV -> surroundings.out().println(Csv.line(List.of(Cells.plain(value))));
      case TABLE, JSON ->
          surroundings
              .out()
              .println(
                  format == Format.TABLE && !value.isObject() && !value.isArray()
                      ? Cells.plain(value)
                      : PrettyJson.of(value));
    }
  }

  private void table(List<Json> objects, Columns columns) {
    var terminal = surroundings.terminal();
    surroundings
        .out()
        .print(
            new Table(columns, objects)
                .text(terminal.showsOutput() ? terminal.width() : 0, surroundings.hasColours()));
  }

  private void csv(List<Json> objects, Columns columns) {
    var out = surroundings.out();
    out.print(Csv.line(columns.columns().stream().map(Columns.Column::path).toList()) + "\r\n");
    for (var object : objects) {
      var cells = columns.columns().stream().map(each -> Cells.plain(each.value(object))).toList();
      out.print(Csv.line(cells) + "\r\n");
    }
  }

  private static Json only(Json object, Columns columns) {
    var values = new LinkedHashMap<String, Json>();
    columns.columns().forEach(each -> values.put(each.path(), each.value(object)));
    return Json.of(values);
  }

  private static String yaml(Json value) {
    var options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setSplitLines(false);
    options.setAllowUnicode(true);
    return new Yaml(options).dump(plain(value));
  }

  private static @Nullable Object plain(Json value) {
    if (value.isObject()) {
      var plain = new LinkedHashMap<String, @Nullable Object>();
      value.fields().forEach((key, each) -> plain.put(key, plain(each)));
      return plain;
    }
    return value.isArray()
        ? value.elements().stream().map(Output::plain).collect(Collectors.toList())
        : value.value();
  }
}
