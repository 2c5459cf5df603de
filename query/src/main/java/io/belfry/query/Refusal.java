package io.belfry.query;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.problem.Nearest;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.problem.ProblemException;
import java.util.Collection;
import java.util.Map;

/// How the query language says no: with the path of the place, the value there, and what would be
/// right.
final class Refusal {
  private static final int SHOWN = 60;
  private static final int NEAREST = 3;

  private Refusal() {}

  static ProblemException unknownKey(
      String path, String what, String key, Collection<String> known) {
    var nearest = Nearest.names(key, known, NEAREST);
    var hint = nearest.isEmpty() ? "" : "; did you mean " + String.join(" or ", nearest) + "?";
    var place = path.isEmpty() ? key : path + "." + key;
    return new Problem(
            ProblemCode.UNKNOWN_FIELD,
            "%s: %s has no such field%s".formatted(shortened(place), what, hint),
            Map.of("field", shortened(place), "nearest", nearest))
        .asException();
  }

  static ProblemException notSupported(String path) {
    return of(ProblemCode.UNKNOWN_FIELD, path, "%s is not supported yet".formatted(path));
  }

  static ProblemException wrongType(String path, JsonNode given, String wanted) {
    return of(
        ProblemCode.WRONG_TYPE,
        path,
        "%s must be %s, not %s".formatted(path, wanted, shortened(given.toString())));
  }

  static ProblemException unknownConstant(
      String path, JsonNode given, Collection<String> constants) {
    var nearest = Nearest.names(given.asText(), constants, NEAREST);
    var wanted =
        nearest.isEmpty() ? "one of " + String.join(", ", constants) : String.join(" or ", nearest);
    return new Problem(
            ProblemCode.UNKNOWN_CONSTANT,
            "%s must be %s, not %s".formatted(path, wanted, shortened(given.toString())),
            Map.of("field", path, "nearest", nearest, "allowed", constants))
        .asException();
  }

  static ProblemException outOfRange(String path, String message) {
    return of(ProblemCode.OUT_OF_RANGE, path, message);
  }

  static ProblemException tooComplex(String path, String message) {
    return of(ProblemCode.QUERY_TOO_COMPLEX, path, message);
  }

  private static ProblemException of(ProblemCode code, String path, String message) {
    return new Problem(code, message, Map.of("field", path)).asException();
  }

  private static String shortened(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
