package io.belfry.codegen.openapi;

import io.belfry.codegen.Json;
import io.belfry.schema.Operation;
import io.belfry.schema.Schema;
import java.util.Locale;
import java.util.TreeMap;

/// Writes the document from top to bottom.
final class Document {
  /// The release of CloudTower whose API the schema describes.
  private static final String API_LEVEL = "4.8.0";

  private final Json json;
  private final Schema schema;
  private final OpenApiVersion version;
  private final Components components;
  private final SharedParts shared;

  private Document(Json json, Schema schema, OpenApiVersion version) {
    this.json = json;
    this.schema = schema;
    this.version = version;
    this.components = new Components(schema);
    this.shared = new SharedParts(json, components, version);
  }

  static byte[] of(Schema schema, OpenApiVersion version) {
    return Json.object(json -> new Document(json, schema, version).write());
  }

  private void write() {
    json.text("openapi", version.number());
    json.object("info", this::info);
    json.array("servers", () -> json.item(() -> json.text("url", "/v2/api")));
    shared.security();
    json.array("tags", this::tags);
    json.object("paths", this::paths);
    json.object(
        "components",
        () -> {
          shared.components();
          json.object("schemas", this::schemas);
        });
  }

  private void info() {
    json.text("title", "Belfry");
    json.text("description", "The CloudTower operation API, served by Belfry.");
    json.text("version", API_LEVEL);
    json.object(
        "license",
        () -> {
          json.text("name", "Apache-2.0");
          json.text("url", "https://www.apache.org/licenses/LICENSE-2.0");
        });
  }

  private void tags() {
    schema.operations().values().stream()
        .map(Operation::group)
        .distinct()
        .sorted()
        .forEach(group -> json.item(() -> json.text("name", group)));
  }

  private void paths() {
    var operations = new OperationObject(json, schema, components, version);
    for (var operation : schema.operations().values()) {
      var method = operation.http().method().toLowerCase(Locale.ROOT);
      json.object(
          "/" + operation.path(), () -> json.object(method, () -> operations.write(operation)));
    }
  }

  /// By name, though each may be the first to refer to others.
  private void schemas() {
    var written = new TreeMap<String, byte[]>();
    for (var next = components.next(); next.isPresent(); next = components.next()) {
      var component = next.get();
      written.put(
          component.name(),
          Json.object(each -> new SchemaObject(each, components, version).component(component)));
    }
    written.forEach(json::written);
  }
}
