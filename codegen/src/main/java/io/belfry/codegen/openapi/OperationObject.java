package io.belfry.codegen.openapi;

import io.belfry.codegen.Json;
import io.belfry.schema.Derived;
import io.belfry.schema.Operation;
import io.belfry.schema.Schema;
import io.belfry.schema.Type;
import io.belfry.schema.TypeUse;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Writes an operation into the object that is being written.
final class OperationObject {
  private static final String ACCEPTED = "Begun; the task of each result says when it is done.";
  private static final Pattern WORD_START = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
  private static final Pattern ACRONYM =
      Pattern.compile(
          "\\b(api|csv|gpu|ha|iscsi|iso|lun|nfs|nic|ntp|ovf|pci|qos|url|vds|vm|vpc)(?=s?\\b)");

  private final Json json;
  private final Schema schema;
  private final Components components;
  private final SchemaObject schemas;

  OperationObject(Json json, Schema schema, Components components, OpenApiVersion version) {
    this.json = json;
    this.schema = schema;
    this.components = components;
    this.schemas = new SchemaObject(json, components, version);
  }

  void write(Operation operation) {
    json.texts("tags", List.of(operation.group()));
    json.text("operationId", operation.operationName());
    json.text("summary", summary(operation));
    if (!operation.doc().isEmpty()) {
      json.text("description", operation.doc());
    }
    if (operation.http().isPublic()) {
      json.array("security", () -> {});
    }
    json.array("parameters", () -> parameters(operation));
    operation.bodyUse().ifPresent(body -> request(operation, body));
    json.object("responses", () -> responses(operation));
  }

  private void parameters(Operation operation) {
    json.item(() -> json.text("$ref", SharedParts.LANGUAGE));
    if (operation.http().task()) {
      json.item(() -> json.text("$ref", SharedParts.IDEMPOTENCY_KEY));
    }
    operation
        .queryUse()
        .map(query -> schema.input(((Type.InputRef) query.type()).name()).fields().values())
        .ifPresent(
            fields -> fields.forEach(field -> json.item(() -> schemas.parameter(field, fields))));
  }

  /// `CreateVmFromTemplate` → `Create VM from template`.
  private static String summary(Operation operation) {
    var words = WORD_START.matcher(operation.operationName()).replaceAll(" ");
    var sentence = words.substring(0, 1) + words.substring(1).toLowerCase(Locale.ROOT);
    return ACRONYM.matcher(sentence).replaceAll(word -> word.group().toUpperCase(Locale.ROOT));
  }

  private void request(Operation operation, TypeUse body) {
    var mediaType = operation.http().multipart() ? "multipart/form-data" : "application/json";
    json.object(
        "requestBody",
        () -> {
          json.flag("required", body.required());
          content(mediaType, () -> requestSchema(operation, body));
        });
  }

  private void requestSchema(Operation operation, TypeUse body) {
    switch (operation.kind()) {
      case Operation.Kind.Listing(var entity) ->
          schemas.reference(components.of(new Type.ListRequestRef(entity)));
      case Operation.Kind.Counting(var name) -> {
        var entity = schema.entity(name);
        schemas.reference(new Component.ListRequest(Derived.connectionRequestName(entity), entity));
      }
      case Operation.Kind.Custom _ -> schemas.use(body);
    }
  }

  private void responses(Operation operation) {
    json.object(
        "200",
        () -> {
          json.text("description", operation.http().task() ? ACCEPTED : "Done.");
          json.object("headers", SharedParts.requestId(json));
          content("application/json", () -> responseSchema(operation));
        });
    var takesKey = operation.http().task();
    for (var category : takesKey ? SharedParts.errors() : SharedParts.errorsWithoutKey()) {
      json.object(
          Integer.toString(category.status()),
          () -> json.text("$ref", SharedParts.errorReference(category)));
    }
  }

  private void responseSchema(Operation operation) {
    if (operation.kind() instanceof Operation.Kind.Counting(var entity)) {
      schemas.reference(new Component.Connection(schema.entity(entity)));
    } else if (operation.result().type() instanceof Type.Scalar) {
      schemas.use(operation.result());
    } else if (operation.result().list()) {
      json.text("type", "array");
      json.object("items", () -> schemas.reference(result(operation)));
    } else {
      schemas.reference(result(operation));
    }
  }

  private Component result(Operation operation) {
    var whole = components.whole(operation.result().type());
    return operation.http().task() ? new Component.WithTask(whole) : whole;
  }

  private void content(String mediaType, Runnable schemaKeys) {
    json.object("content", () -> json.object(mediaType, () -> json.object("schema", schemaKeys)));
  }
}
