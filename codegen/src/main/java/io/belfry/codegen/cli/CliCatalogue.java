package io.belfry.codegen.cli;

import io.belfry.codegen.FieldText;
import io.belfry.codegen.GeneratedFiles;
import io.belfry.codegen.Generator;
import io.belfry.codegen.Json;
import io.belfry.schema.Derived;
import io.belfry.schema.Entity;
import io.belfry.schema.EnumType;
import io.belfry.schema.Field;
import io.belfry.schema.Operation;
import io.belfry.schema.Schema;
import io.belfry.schema.Type;
import io.belfry.schema.TypeUse;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// The commands and all that they need to know of the schema, as one small JSON file for each group
/// and each type: a command reads only those that it needs.
public final class CliCatalogue implements Generator {
  private static final String FOLDER = "io/belfry/cli/catalogue/";

  @Override
  public String folder() {
    return "cli";
  }

  @Override
  public void generate(Schema schema, GeneratedFiles files) {
    var groups = new Verbs(schema).groups();
    var references = new References(schema);
    add(files, "index", index(groups));
    groups.forEach((name, verbs) -> add(files, "group/" + name, group(verbs)));
    schema.entities().values().forEach(each -> add(files, "entity/" + each.name(), entity(each)));
    schema.enums().values().forEach(each -> add(files, "enum/" + each.name(), values(each)));
    schema
        .objects()
        .values()
        .forEach(each ->
            add(
                files,
                "object/" + each.name(),
                Json.object(
                    json -> fields(json, each.name(), each.fields().values(), references))));
    schema
        .inputs()
        .values()
        .forEach(each ->
            add(
                files,
                "input/" + each.name(),
                Json.object(
                    json -> fields(json, each.name(), each.fields().values(), references))));
  }

  private static void add(GeneratedFiles files, String name, byte[] content) {
    files.add(FOLDER + name + ".json", content);
  }

  /// The verbs of all groups, and where each path is found.
  private static byte[] index(SortedMap<String, SortedMap<String, Operation>> groups) {
    return Json.object(json -> {
      json.object(
          "groups", () -> groups.forEach((name, verbs) -> json.texts(name, verbs.keySet())));
      json.object(
          "paths",
          () ->
              groups.forEach(
                  (name, verbs) -> verbs.values().forEach(each -> json.text(each.path(), name))));
    });
  }

  private static byte[] group(Map<String, Operation> verbs) {
    return Json.object(json ->
        verbs.forEach((verb, operation) -> json.object(verb, () -> operation(json, operation))));
  }

  private static void operation(Json json, Operation operation) {
    json.text("path", operation.path());
    json.text("name", operation.name());
    json.text("doc", operation.doc());
    flag(json, "get", operation.http().method().equals("GET"));
    flag(json, "public", operation.http().isPublic());
    flag(json, "task", operation.http().task());
    flag(json, "multipart", operation.http().multipart());
    switch (operation.kind()) {
      case Operation.Kind.Listing(var entity) -> json.text("lists", entity);
      case Operation.Kind.Counting(var entity) -> json.text("counts", entity);
      case Operation.Kind.Custom _ -> {}
    }
    var sent = operation.sent();
    if (sent != null) {
      json.object("sent", () -> use(json, sent));
    }
    json.object("result", () -> use(json, operation.result()));
  }

  private static byte[] entity(Entity entity) {
    return Json.object(json -> {
      json.text("doc", entity.doc());
      text(json, "list", entity.listPath());
      References.label(entity).ifPresent(label -> json.text("label", label.wireName()));
      json.array(
          "fields",
          () ->
              entity
                  .fields()
                  .values()
                  .forEach(field ->
                      json.item(() -> {
                        field(json, field, entity.fields().values());
                        flag(json, "where_only", field.marks().whereOnly());
                        flag(json, "orderable", Derived.isOrderable(field));
                        json.texts(
                            "operators",
                            Derived.operators(field).stream()
                                .map(Derived.Operator::suffix)
                                .toList());
                      })));
    });
  }

  private static void fields(
      Json json, String type, Collection<Field> fields, References references) {
    json.array(
        "fields",
        () ->
            fields.forEach(field ->
                json.item(() -> {
                  field(json, field, fields);
                  references
                      .target(type, field)
                      .ifPresent(entity -> json.text("refers", entity.name()));
                })));
  }

  private static void field(Json json, Field field, Collection<Field> siblings) {
    json.text("name", field.wireName());
    use(json, field.use());
    json.text("doc", FieldText.whole(field, siblings));
    field.marks().unit().ifPresent(unit -> json.text("unit", unit.name()));
  }

  private static void use(Json json, TypeUse use) {
    switch (use.type()) {
      case Type.Scalar scalar -> type(json, "scalar", scalar.name());
      case Type.EnumRef(var name) -> type(json, "enum", name);
      case Type.ObjectRef(var name) -> type(json, "object", name);
      case Type.EntityRef(var name) -> type(json, "entity", name);
      case Type.InputRef(var name) -> type(json, "input", name);
      case Type.WhereRef(var entity) -> type(json, "where", entity);
      case Type.ListRequestRef(var entity) -> type(json, "list_request", entity);
    }
    flag(json, "many", use.list());
    flag(json, "required", use.required());
  }

  private static void type(Json json, String kind, String name) {
    json.text("kind", kind);
    json.text("type", name);
  }

  private static byte[] values(EnumType type) {
    return Json.object(json -> json.texts("values", type.wireNames()));
  }

  /// False is left out.
  private static void flag(Json json, String name, boolean value) {
    if (value) {
      json.flag(name, true);
    }
  }

  private static void text(Json json, String name, @Nullable String value) {
    if (value != null) {
      json.text(name, value);
    }
  }
}
