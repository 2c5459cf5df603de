package io.belfry.schema;

import graphql.language.ArrayValue;
import graphql.language.Directive;
import graphql.language.EnumValue;
import graphql.language.SchemaDefinition;
import graphql.language.StringValue;
import graphql.parser.Parser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Turns `rights.graphqls` into [Rights], and reports everything in it that doesn't fit the schema.
final class RightsReader {
  private final Schema schema;
  private final List<String> faults = new ArrayList<>();
  private final Map<String, String> byGroup = new HashMap<>();
  private final Map<String, String> byOperation = new HashMap<>();
  private final Set<String> reading = new HashSet<>();

  private RightsReader(Schema schema) {
    this.schema = schema;
  }

  /// @throws InvalidSchemaException with every fault found
  static Rights read(SchemaFiles.Source source, Schema schema) {
    var reader = new RightsReader(schema);
    Parser.parse(source.text()).getDefinitionsOfType(SchemaDefinition.class).stream()
        .flatMap(definition -> definition.getDirectives().stream())
        .forEach(reader::collect);
    var rights = reader.resolve();
    if (!reader.faults.isEmpty()) {
      throw new InvalidSchemaException(reader.faults);
    }
    return rights;
  }

  private void collect(Directive directive) {
    switch (directive.getName()) {
      case "right" -> {
        var action = action(directive);
        names(directive, "groups").forEach(group -> add(byGroup, group, action));
        names(directive, "operations").forEach(path -> add(byOperation, path, action));
      }
      case "reading" -> reading.addAll(names(directive, "operations"));
      default -> faults.add("@" + directive.getName() + ": no such directive");
    }
  }

  private String action(Directive directive) {
    var name = ((EnumValue) directive.getArgument("action").getValue()).getName();
    return schema.enumType("ROLEACTION").constants().stream()
        .filter(constant -> constant.name().equals(name))
        .findFirst()
        .map(EnumType.Constant::wireName)
        .orElseGet(() -> {
          faults.add("@right: ROLEACTION has no constant " + name);
          return name;
        });
  }

  private static List<String> names(Directive directive, String argument) {
    var given = directive.getArgument(argument);
    return given == null
        ? List.of()
        : ((ArrayValue) given.getValue())
            .getValues().stream().map(value -> ((StringValue) value).getValue()).toList();
  }

  private void add(Map<String, String> actions, String name, String action) {
    if (actions.put(name, action) != null) {
      faults.add(name + ": needs two rights");
    }
  }

  private Rights resolve() {
    var actions = new HashMap<String, String>();
    var unused = new HashSet<>(byGroup.keySet());
    unused.addAll(byOperation.keySet());
    unused.addAll(reading);
    for (var operation : schema.operations().values()) {
      unused.remove(operation.path());
      unused.remove(operation.group());
      var own = byOperation.get(operation.path());
      var action = own == null ? byGroup.get(operation.group()) : own;
      if (own != null || !needsNone(operation)) {
        if (action == null) {
          faults.add("Operation." + operation.name() + ": needs no right and isn't said to read");
        } else {
          actions.put(operation.path(), action);
        }
      }
    }
    unused.forEach(name -> faults.add(name + ": no such group or operation"));
    return new Rights(actions);
  }

  private boolean needsNone(Operation operation) {
    return operation.http().isPublic()
        || operation.path().startsWith("get-")
        || reading.contains(operation.path());
  }
}
