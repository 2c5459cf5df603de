package io.belfry.codegen.openapi;

import io.belfry.codegen.Json;
import java.util.List;

/// A version of OpenAPI. They write differently that something may be null, and a reference beside
/// other members. Most tools that generate clients know 3.0, not all know 3.1.
enum OpenApiVersion {
  V3_1("3.1.0", "openapi.json"),
  V3_0("3.0.3", "openapi-3.0.json");

  private final String number;
  private final String fileName;

  OpenApiVersion(String number, String fileName) {
    this.number = number;
    this.fileName = fileName;
  }

  /// The member `openapi` of a document.
  String number() {
    return number;
  }

  String fileName() {
    return fileName;
  }

  /// Says which type a schema has.
  void type(Json json, String name, boolean nullable) {
    if (nullable && this == V3_1) {
      json.texts("type", List.of(name, "null"));
    } else {
      json.text("type", name);
      nullable(json, nullable);
    }
  }

  /// Refers to a schema from an object that may have other members, which 3.0 forbids beside a
  /// reference. Strictly, its `nullable` says nothing beside `allOf`; those who read 3.0 understand
  /// it all the same.
  void reference(Json json, String reference, boolean nullable) {
    if (this == V3_0) {
      json.array("allOf", () -> json.item(() -> json.text("$ref", reference)));
      nullable(json, nullable);
    } else if (nullable) {
      json.array(
          "anyOf",
          () -> {
            json.item(() -> json.text("$ref", reference));
            json.item(() -> json.text("type", "null"));
          });
    } else {
      json.text("$ref", reference);
    }
  }

  private static void nullable(Json json, boolean nullable) {
    if (nullable) {
      json.flag("nullable", true);
    }
  }
}
