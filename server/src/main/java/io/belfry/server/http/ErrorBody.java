package io.belfry.server.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The API's way to tell a problem. CloudTower's `code` has one value only, `ResourceLocked`; ours
/// stand in `props`.
final class ErrorBody {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// A detail that says when to come back; it becomes a header too.
  private static final String RETRY_AFTER = "retry_after_seconds";

  private ErrorBody() {}

  static Answer of(Problem problem, String path, @Nullable String operationName) {
    var status = problem.code().category().status();
    var body = body(status, problem.message(), path, operationName);
    if (problem.code() == ProblemCode.RESOURCE_LOCKED) {
      body.put("code", "ResourceLocked");
    }
    var props = body.putObject("props").put("code", problem.code().text());
    problem.details().forEach((name, value) -> props.set(name, JSON.valueToTree(value)));
    return Answer.json(body).withStatus(status).withHeaders(headers(problem));
  }

  /// A problem of HTTP itself, before any operation is known.
  static Answer of(int status, String message, String path) {
    return Answer.json(body(status, message, path, null)).withStatus(status);
  }

  private static Map<String, String> headers(Problem problem) {
    var seconds = problem.details().get(RETRY_AFTER);
    if (seconds != null) {
      return Map.of("Retry-After", seconds.toString());
    }
    return problem.code().mayBeRepeated() ? Map.of("Retry-After", "1") : Map.of();
  }

  private static ObjectNode body(
      int status, String message, String path, @Nullable String operationName) {
    var body = JSON.createObjectNode().put("message", message).put("status", status);
    body.put("path", path);
    if (operationName != null) {
      body.put("operationName", operationName);
    }
    return body;
  }
}
