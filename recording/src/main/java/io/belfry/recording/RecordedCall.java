package io.belfry.recording;

import io.belfry.sdk.Json;
import java.nio.charset.StandardCharsets;

/// One request and its answer, without secrets. Immutable.
///
/// @param method `POST`, `GET`
/// @param path from the server's root, with what follows a question mark: `/v2/api/get-vms`
/// @param request the body: JSON, or text where it was none; null in JSON where there was none
/// @param status of the answer
/// @param type the answer's content type
/// @param answer the body: JSON, or text where it was none
/// @param millis how long the server took
public record RecordedCall(
    String method, String path, Json request, int status, String type, Json answer, long millis) {
  private static final String JSON_TYPE = "application/json";

  static RecordedCall of(Json line) {
    return new RecordedCall(
        line.get("method").asText(),
        line.get("path").asText(),
        line.get("request"),
        (int) line.get("status").asLong(),
        line.has("type") ? line.get("type").asText() : JSON_TYPE,
        line.get("answer"),
        line.get("millis").asLong());
  }

  /// As in a file.
  Json json() {
    return Json.object(
        "method", method,
        "path", path,
        "request", request,
        "status", status,
        "type", type,
        "answer", answer,
        "millis", millis);
  }

  /// What is asked, apart from the body: `POST /v2/api/get-vms`.
  public String operation() {
    return method + " " + path;
  }

  /// The answer's body as it is sent.
  String body() {
    return answer.isNull() ? "" : type.startsWith(JSON_TYPE) ? answer.toString() : answer.asText();
  }

  /// A body as it is kept. Of forms with files only the size is.
  static Json body(byte[] bytes, String type) {
    if (type.startsWith("multipart/")) {
      return Json.of("%s bytes of %s".formatted(bytes.length, type.split(";", 2)[0]));
    }
    var text = new String(bytes, StandardCharsets.UTF_8);
    if (text.isEmpty()) {
      return Json.NULL;
    }
    if (type.startsWith(JSON_TYPE)) {
      try {
        return Json.parse(text);
      } catch (IllegalArgumentException broken) {
        // kept as text, to be seen as it was
      }
    }
    return Json.of(text);
  }
}
