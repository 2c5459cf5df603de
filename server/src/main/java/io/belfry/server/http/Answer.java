package io.belfry.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;

/// What a client gets. The body is written when the answer is sent, so it may be larger than the
/// memory.
///
/// @param headers besides those that every answer has
public record Answer(int status, String contentType, Map<String, String> headers, Body body) {
  private static final String JSON = "application/json; charset=utf-8";

  public Answer {
    headers = Map.copyOf(headers);
  }

  /// Writes an answer's content. Whatever it throws before much has been written becomes an error
  /// body; later, it cuts the connection.
  @FunctionalInterface
  public interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  public static Answer json(Body body) {
    return new Answer(200, JSON, Map.of(), body);
  }

  public static Answer json(JsonNode json) {
    return json(out -> out.write(json.toString().getBytes(UTF_8)));
  }

  public static Answer text(String contentType, String text) {
    return new Answer(
        200, contentType + "; charset=utf-8", Map.of(), out -> out.write(text.getBytes(UTF_8)));
  }

  public Answer withStatus(int other) {
    return new Answer(other, contentType, headers, body);
  }

  /// With these headers too.
  public Answer withHeaders(Map<String, String> others) {
    var all = new HashMap<>(headers);
    all.putAll(others);
    return new Answer(status, contentType, all, body);
  }
}
