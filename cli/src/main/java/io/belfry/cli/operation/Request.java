package io.belfry.cli.operation;

import io.belfry.cli.catalogue.Field;
import io.belfry.cli.catalogue.OperationEntry;
import io.belfry.cli.command.Invocation;
import io.belfry.cli.command.Names;
import io.belfry.cli.shell.Failure;
import io.belfry.cli.where.Value;
import io.belfry.cli.where.Where;
import io.belfry.sdk.Json;
import io.belfry.sdk.Upload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The body of a request, made from what was given.
record Request(OperationEntry operation, Arguments arguments, Invocation invocation) {
  private static final String WHERE = "where";

  /// The whole body.
  ///
  /// @throws Failure if something is missing or wrong
  Json body() {
    var sent = operation.sent();
    if (sent == null) {
      return Json.object();
    }
    var base = base();
    if (base.isArray() && !sent.many()) {
      throw Failure.usage("--json: %s takes one object, not a list".formatted(operation.path()));
    }
    var one =
        base.isObject() ? List.of(base) : base.isArray() ? base.elements() : List.of(Json.object());
    var values = values();
    var filled = one.stream().map(each -> filled(each, values)).toList();
    return sent.many() ? Json.of(filled) : filled.get(0);
  }

  private Json base() {
    var given = invocation.text("--json");
    return given == null ? Json.NULL : json("--json", given);
  }

  /// JSON that was given as such, in a file or on standard input.
  private Json json(String option, String given) {
    try {
      return Json.parse(content(given));
    } catch (IllegalArgumentException broken) {
      throw Failure.usage("%s: no JSON: %s".formatted(option, broken.getMessage()));
    } catch (IOException unreadable) {
      throw Failure.usage(
          "%s: can't read %s: %s".formatted(option, given, unreadable.getMessage()));
    }
  }

  private String content(String given) throws IOException {
    if (given.equals("-")) {
      return new String(invocation.surroundings().in().readAllBytes(), StandardCharsets.UTF_8);
    }
    return given.startsWith("@") ? Files.readString(Path.of(given.substring(1))) : given;
  }

  /// What the options say, by field; of fields in a part, by the part's name.
  private Map<String, Map<String, Json>> values() {
    var values = new LinkedHashMap<String, Map<String, Json>>();
    for (var argument : arguments.fields()) {
      if (invocation.flag(argument.option())) {
        values
            .computeIfAbsent(part(argument.part()), _ -> new LinkedHashMap<>())
            .put(argument.field().name(), value(argument));
      }
    }
    arguments
        .targets()
        .flatMap(target -> Targets.of(invocation, target))
        .ifPresent(
            where -> values.computeIfAbsent("", _ -> new LinkedHashMap<>()).put(WHERE, where));
    return values;
  }

  private static String part(@Nullable Field part) {
    return part == null ? "" : part.name();
  }

  private Json filled(Json base, Map<String, Map<String, Json>> values) {
    if (!base.isObject()) {
      throw Failure.usage("--json: %s takes objects, not %s".formatted(operation.path(), base));
    }
    var body = new LinkedHashMap<>(base.fields());
    values.forEach((part, fields) -> {
      if (part.isEmpty()) {
        body.putAll(fields);
      } else {
        var old = body.getOrDefault(part, Json.object());
        var inner = new LinkedHashMap<>(old.isObject() ? old.fields() : Map.of());
        inner.putAll(fields);
        body.put(part, Json.of(inner));
      }
    });
    requireAll(body);
    return Json.of(body);
  }

  private void requireAll(Map<String, Json> body) {
    if (arguments.target() != null && !body.containsKey(WHERE)) {
      throw Failure.usage("say which by names, ids or --where");
    }
    var missing =
        arguments.fields().stream()
            .filter(each -> each.isMissing(body))
            .map(Arguments.Argument::option)
            .toList();
    if (!missing.isEmpty()) {
      throw Failure.usage("missing: " + String.join(", ", missing));
    }
  }

  private Json value(Arguments.Argument argument) {
    var field = argument.field();
    if (argument.isFlag()) {
      return Json.of(invocation.given().<Boolean>matchedOptionValue(argument.option(), true));
    }
    var given =
        field.type().many()
            ? invocation.texts(argument.option())
            : List.of(String.valueOf(invocation.text(argument.option())));
    var values = field.refers() == null ? plain(argument, given) : ids(field.refers(), given);
    return field.type().many() ? Json.of(values) : values.get(0);
  }

  private List<Json> ids(String entity, List<String> given) {
    return new Names(invocation.server())
        .ids(invocation.catalogue().entity(entity), given).stream().map(Json::of).toList();
  }

  /// A list of objects may be given whole or object by object.
  private List<Json> plain(Arguments.Argument argument, List<String> given) {
    var values = new ArrayList<Json>();
    for (var text : given) {
      var value = one(argument, text);
      if (argument.field().type().many() && value.isArray()) {
        values.addAll(value.elements());
      } else {
        values.add(value);
      }
    }
    return values;
  }

  private Json one(Arguments.Argument argument, String text) {
    var field = argument.field();
    return switch (field.type().kind()) {
      case WHERE ->
          Where.parse(
              invocation.catalogue(),
              text,
              invocation.catalogue().definition(field.type()),
              invocation.surroundings().clock().instant());
      case INPUT, OBJECT, ENTITY, LIST_REQUEST -> json(argument.option(), text);
      case ENUM -> plain(argument, text);
      case SCALAR ->
          switch (field.type().name()) {
            case "UPLOAD" ->
                Uploading.isTakenBy(operation, invocation.catalogue())
                    ? Json.of(text)
                    : upload(argument.option(), text);
            case "JSON" -> json(argument.option(), text);
            default -> plain(argument, text);
          };
    };
  }

  private Json plain(Arguments.Argument argument, String text) {
    try {
      return new Value(invocation.catalogue(), invocation.surroundings().clock().instant())
          .of(argument.field(), text);
    } catch (Failure wrong) {
      throw Failure.usage(argument.option() + ": " + wrong.getMessage());
    }
  }

  private static Json upload(String option, String file) {
    try {
      return Upload.of(Path.of(file)).json();
    } catch (IOException unreadable) {
      throw Failure.usage("%s: can't read %s".formatted(option, file));
    }
  }
}
