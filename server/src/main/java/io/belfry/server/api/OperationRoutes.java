package io.belfry.server.api;

import io.belfry.operations.Caller;
import io.belfry.problem.Nearest;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.problem.ProblemException;
import io.belfry.schema.Operation;
import io.belfry.schema.Schema;
import io.belfry.server.http.Answer;
import io.belfry.server.http.Request;
import io.belfry.server.http.Route;
import io.belfry.server.http.Router;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// All operations of the schema, each at its path below `/v2/api/`, whether they are built or not.
public final class OperationRoutes implements Router {
  /// What stands before an operation's path.
  public static final String BASE = "/v2/api/";

  private static final int NEAREST = 3;
  private static final int SHOWN = 100;

  private final Authentication authentication;
  private final Authorization authorization;
  private final Map<String, Route> byPath = new HashMap<>();

  /// @param authentication tells who calls
  /// @param authorization tells whether that caller may
  /// @param answers by the operation's path; operations without one are not built
  /// @throws IllegalArgumentException if there is an answer for an unknown operation
  public OperationRoutes(
      Schema schema,
      Authentication authentication,
      Authorization authorization,
      Map<String, OperationAnswer> answers) {
    this.authentication = authentication;
    this.authorization = authorization;
    if (!schema.operations().keySet().containsAll(answers.keySet())) {
      throw new IllegalArgumentException("answers for unknown operations: " + answers.keySet());
    }
    for (var operation : schema.operations().values()) {
      var answer = Optional.ofNullable(answers.get(operation.path()));
      byPath.put(operation.path(), route(operation, answer));
    }
  }

  @Override
  public Route route(String path) {
    var operation = path.startsWith(BASE) ? path.substring(BASE.length()) : path;
    var route = byPath.get(operation);
    return route == null ? unknown(operation, byPath.keySet()) : route;
  }

  private Route route(Operation operation, Optional<OperationAnswer> answer) {
    return new Route(
        operation.path(),
        "/" + operation.path(),
        operation.operationName(),
        Route.Manner.LIMITED,
        request -> answer(operation, answer, request));
  }

  private Answer answer(Operation operation, Optional<OperationAnswer> answer, Request request) {
    requireMethod(operation, request);
    var built = answer.orElseThrow(() -> notBuilt(operation));
    var caller = caller(operation, request);
    var language = Languages.of(request);
    var body = JsonBodies.of(request);
    var key = IdempotencyKey.of(request);
    return built
        .answer(new Call(operation, caller, body, language, request.peer(), key, request.query()))
        .withHeaders(IdempotencyKey.SUPPORTED);
  }

  private static void requireMethod(Operation operation, Request request) {
    var wanted = operation.http().method();
    if (!request.method().equals(wanted)) {
      throw new Problem(
              ProblemCode.WRONG_METHOD,
              "%s is called with %s, not with %s"
                  .formatted(operation.path(), wanted, request.method()),
              Map.of("method", wanted))
          .asException();
    }
  }

  private static ProblemException notBuilt(Operation operation) {
    return new Problem(
            ProblemCode.NOT_BUILT,
            "%s is an operation of the API that this server doesn't have yet"
                .formatted(operation.path()),
            Map.of("operation", operation.path()))
        .asException();
  }

  /// Who calls, if that matters, and may.
  private Optional<Caller> caller(Operation operation, Request request) {
    if (operation.http().isPublic()) {
      return Optional.empty();
    }
    var caller = authentication.caller(request);
    request.actsFor(caller.username());
    authorization.require(caller, operation);
    return Optional.of(caller);
  }

  private static Route unknown(String path, Set<String> known) {
    var shown = path.length() <= SHOWN ? path : path.substring(0, SHOWN) + "…";
    return new Route(
        "unknown",
        "/" + shown,
        null,
        Route.Manner.LIMITED,
        _ -> {
          throw unknownOperation(shown, known);
        });
  }

  private static ProblemException unknownOperation(String path, Set<String> known) {
    var nearest = Nearest.names(path, known, NEAREST);
    var hint = nearest.isEmpty() ? "" : "; did you mean " + String.join(" or ", nearest) + "?";
    return new Problem(
            ProblemCode.UNKNOWN_OPERATION,
            "The API has no operation %s%s".formatted(path, hint),
            Map.of("operation", path, "nearest", nearest))
        .asException();
  }
}
