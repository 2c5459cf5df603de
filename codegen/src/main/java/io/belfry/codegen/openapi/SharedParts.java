package io.belfry.codegen.openapi;

import io.belfry.codegen.Json;
import io.belfry.problem.ProblemCode.Category;
import io.belfry.schema.Type;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What every operation refers to: the language parameter, the request id and the error answers.
final class SharedParts {
  static final String LANGUAGE = "#/components/parameters/Language";
  static final String IDEMPOTENCY_KEY = "#/components/parameters/IdempotencyKey";

  private static final String SECURITY_SCHEME = "Authorization";
  private static final String REQUEST_ID_HEADER = "x-tower-request-id";

  private final Json json;
  private final SchemaObject schemas;
  private final Components components;

  SharedParts(Json json, Components components, OpenApiVersion version) {
    this.json = json;
    this.components = components;
    this.schemas = new SchemaObject(json, components, version);
  }

  /// The headers of an answer.
  static Runnable requestId(Json json) {
    return () ->
        json.object(REQUEST_ID_HEADER, () -> json.text("$ref", "#/components/headers/RequestId"));
  }

  /// How operations may fail. What is gone is gone for the stream of events only, which is none.
  static Set<Category> errors() {
    return EnumSet.complementOf(EnumSet.of(Category.GONE));
  }

  /// How an operation may fail that takes no idempotency key.
  static Set<Category> errorsWithoutKey() {
    return EnumSet.complementOf(EnumSet.of(Category.GONE, Category.CONFLICT));
  }

  static String errorReference(Category category) {
    return "#/components/responses/" + errorName(category);
  }

  /// The security of all operations that don't say otherwise.
  void security() {
    json.array("security", () -> json.item(() -> json.texts(SECURITY_SCHEME, List.of())));
  }

  /// The components that are no schemas.
  void components() {
    json.object("securitySchemes", () -> json.object(SECURITY_SCHEME, this::token));
    json.object(
        "parameters",
        () -> {
          json.object("IdempotencyKey", this::idempotencyKey);
          json.object("Language", this::language);
        });
    json.object("headers", () -> json.object("RequestId", this::requestId));
    json.object(
        "responses",
        () -> {
          for (var category : errors()) {
            json.object(errorName(category), () -> error(category));
          }
        });
  }

  private void token() {
    json.text("type", "apiKey");
    json.text("in", "header");
    json.text("name", "Authorization");
    json.text(
        "description", "The token that `login` answers, or an API key; `Bearer` may precede it.");
  }

  private void language() {
    json.text("name", "content-language");
    json.text("in", "header");
    json.text("description", "The language of texts in the answer; `*` answers both as JSON text.");
    json.object(
        "schema",
        () -> {
          json.text("type", "string");
          json.texts("enum", List.of("en-US", "zh-CN", "*"));
          json.text("default", "en-US");
        });
  }

  private void idempotencyKey() {
    json.text("name", "Idempotency-Key");
    json.text("in", "header");
    json.text(
        "description",
        "What the caller calls this request, such as a UUID. Sent again within a day, the request"
            + " is answered with the same tasks and changes nothing.");
    json.object(
        "schema",
        () -> {
          json.text("type", "string");
          json.text("pattern", "^[!-~]{1,255}$");
        });
  }

  private void requestId() {
    json.text("description", "Names this request in the server's log.");
    json.flag("required", true);
    json.object("schema", () -> json.text("type", "string"));
  }

  private void error(Category category) {
    json.text("description", explanation(category));
    json.object("headers", requestId(json));
    json.object(
        "content",
        () ->
            json.object(
                "application/json",
                () ->
                    json.object(
                        "schema",
                        () -> schemas.reference(components.of(new Type.InputRef("ErrorBody"))))));
  }

  /// `BAD_REQUEST` → `BadRequest`.
  private static String errorName(Category category) {
    var name = new StringBuilder();
    for (var word : category.name().split("_")) {
      name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return name.toString();
  }

  private static String explanation(Category category) {
    return switch (category) {
      case BAD_REQUEST ->
          "Refused: the request is malformed, or an object's state does not allow it. The code"
              + " `ResourceLocked` says that another task is changing an object.";
      case UNAUTHENTICATED -> "The token is missing or not valid, or the password is wrong.";
      case FORBIDDEN -> "The user's role does not allow it.";
      case CONFLICT -> "The idempotency key has been used for another request.";
      case GONE -> "What the request asks for is no longer kept.";
      case NOT_FOUND -> "An object that the request refers to does not exist.";
      case INTERNAL -> "A fault of the server's own.";
      case NOT_IMPLEMENTED -> "This server does not do that.";
      case UNAVAILABLE -> "Something that the server needs is down or overloaded; try again later.";
    };
  }
}
