package io.belfry.codegen.openapi;

import io.belfry.codegen.FieldText;
import io.belfry.codegen.Json;
import io.belfry.schema.Derived;
import io.belfry.schema.Entity;
import io.belfry.schema.EnumType;
import io.belfry.schema.Field;
import io.belfry.schema.Limits;
import io.belfry.schema.Type;
import io.belfry.schema.TypeUse;
import java.util.Collection;
import java.util.List;

/// Writes JSON Schema into the object that is being written. What isn't required may be null.
final class SchemaObject {
  private static final TypeUse COUNT = optional(Type.Scalar.INT);
  private static final TypeUse TEXT = optional(Type.Scalar.STRING);

  private final Json json;
  private final Components components;
  private final OpenApiVersion version;

  SchemaObject(Json json, Components components, OpenApiVersion version) {
    this.json = json;
    this.components = components;
    this.version = version;
  }

  void component(Component component) {
    switch (component) {
      case Component.Model(_, var fields, var doc) -> model(fields, doc);
      case Component.Nested(var entity) ->
          model(entity.nested().stream().map(entity::field).toList(), entity.doc());
      case Component.Where(var entity) -> where(entity);
      case Component.OrderBy(var entity) -> constants(Derived.orders(entity));
      case Component.ListRequest(_, var entity) -> listRequest(entity);
      case Component.Connection _ -> connection();
      case Component.Enumeration(var type) -> {
        description(type.doc());
        constants(type.wireNames());
        explanations(type);
      }
      case Component.WithTask(var result) -> withTask(result);
    }
  }

  /// What one place holds.
  void use(TypeUse use) {
    use(use, Limits.NONE);
  }

  private void use(TypeUse use, Limits limits) {
    if (use.list()) {
      type("array", use.required());
      range("minItems", "maxItems", limits.items());
      json.object("items", () -> use(new TypeUse(use.type(), false, true), limits));
    } else if (use.type() instanceof Type.Scalar scalar) {
      scalar(scalar, use.required());
      range("minLength", "maxLength", limits.length());
      range("minimum", "maximum", limits.value());
    } else if (use.required()) {
      reference(components.of(use.type()));
    } else {
      besideOthers(components.of(use.type()), true);
    }
  }

  private static boolean isReference(TypeUse use) {
    return !use.list() && !(use.type() instanceof Type.Scalar);
  }

  /// A parameter in the address; one of several values is divided by commas.
  void parameter(Field field, Collection<Field> siblings) {
    json.text("name", field.wireName());
    json.text("in", "query");
    description(FieldText.withUnit(field, siblings));
    json.flag("required", field.required());
    if (field.use().list()) {
      json.flag("explode", false);
    }
    var present = new TypeUse(field.type(), field.use().list(), true);
    json.object("schema", () -> use(present, field.marks().limits()));
  }

  void reference(Component component) {
    json.text("$ref", components.reference(component));
  }

  /// A reference in an object that may have other members.
  private void besideOthers(Component component, boolean nullable) {
    version.reference(json, components.reference(component), nullable);
  }

  private void type(String name, boolean required) {
    version.type(json, name, !required);
  }

  private void scalar(Type.Scalar scalar, boolean required) {
    switch (scalar) {
      case STRING -> type("string", required);
      case BOOLEAN -> type("boolean", required);
      case INT -> formatted("integer", "int32", required);
      case LONG -> formatted("integer", "int64", required);
      case FLOAT -> formatted("number", "double", required);
      case DATE_TIME -> formatted("string", "date-time", required);
      case UPLOAD -> formatted("string", "binary", required);
      case JSON -> {} // any value
    }
  }

  private void formatted(String type, String format, boolean required) {
    type(type, required);
    json.text("format", format);
  }

  private void range(String least, String most, Limits.Range range) {
    if (range.hasLeast()) {
      json.number(least, range.least());
    }
    if (range.hasMost()) {
      json.number(most, range.most());
    }
  }

  private void model(Collection<Field> fields, String doc) {
    description(doc);
    json.text("type", "object");
    json.object("properties", () -> fields.forEach(field -> property(field, fields)));
    var required = fields.stream().filter(Field::required).map(Field::wireName).toList();
    if (!required.isEmpty()) {
      json.texts("required", required);
    }
  }

  private void description(String doc) {
    if (!doc.isEmpty()) {
      json.text("description", doc);
    }
  }

  private void property(Field field, Collection<Field> siblings) {
    json.object(
        field.wireName(),
        () -> {
          if (isReference(field.use())) {
            besideOthers(components.of(field.type()), !field.required());
          } else {
            use(field.use(), field.marks().limits());
          }
          description(FieldText.withUnit(field, siblings));
          field.marks().unit().ifPresent(unit -> json.text("x-unit", unit.name()));
        });
  }

  private void property(String name, TypeUse use) {
    json.object(name, () -> use(use));
  }

  private void where(Entity entity) {
    var wheres = new TypeUse(new Type.WhereRef(entity.name()), true, false);
    closedObject(() -> {
      List.of("AND", "OR", "NOT").forEach(name -> property(name, wheres));
      Derived.filterKeys(entity).forEach(key -> property(key.key(), operand(key)));
    });
  }

  private static TypeUse operand(Derived.FilterKey key) {
    var type = key.field().type();
    return type instanceof Type.EntityRef(var target)
        ? optional(new Type.WhereRef(target))
        : new TypeUse(type, key.operator().takesList(), false);
  }

  private void listRequest(Entity entity) {
    closedObject(() -> {
      property("where", optional(new Type.WhereRef(entity.name())));
      json.object("orderBy", () -> besideOthers(new Component.OrderBy(entity), true));
      List.of("skip", "first", "last").forEach(name -> property(name, COUNT));
      List.of("after", "before").forEach(name -> property(name, TEXT));
    });
  }

  private void connection() {
    object(
        List.of("aggregate"),
        () ->
            json.object(
                "aggregate",
                () ->
                    object(List.of("count"), () -> property("count", required(Type.Scalar.INT)))));
  }

  private void withTask(Component result) {
    object(
        List.of("data"),
        () -> {
          property("task_id", TEXT);
          json.object("data", () -> reference(result));
        });
  }

  private void constants(List<String> constants) {
    json.text("type", "string");
    json.texts("enum", constants);
  }

  /// Known to viewers by this name.
  private void explanations(EnumType type) {
    var explained =
        type.constants().stream().filter(constant -> !constant.doc().isEmpty()).toList();
    if (!explained.isEmpty()) {
      json.object(
          "x-enumDescriptions",
          () -> explained.forEach(constant -> json.text(constant.wireName(), constant.doc())));
    }
  }

  private void object(List<String> required, Runnable properties) {
    json.text("type", "object");
    json.object("properties", properties);
    json.texts("required", required);
  }

  private void closedObject(Runnable properties) {
    json.text("type", "object");
    json.object("properties", properties);
    json.flag("additionalProperties", false);
  }

  private static TypeUse required(Type type) {
    return new TypeUse(type, false, true);
  }

  private static TypeUse optional(Type type) {
    return new TypeUse(type, false, false);
  }
}
