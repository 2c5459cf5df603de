package io.belfry.server.http;

import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Pages by their exact path, and routers by the beginning of the path.
///
/// @param below by prefix, which ends with a slash; the first that fits is asked
public record Routes(Map<String, Route> pages, Map<String, Router> below) implements Router {
  private static final Set<String> READING = Set.of("GET", "HEAD");

  public Routes {
    pages = Map.copyOf(pages);
    below = Collections.unmodifiableMap(new LinkedHashMap<>(below));
  }

  @Override
  public Route route(String path) {
    var page = pages.get(path);
    if (page != null) {
      return reading(page);
    }
    return below.entrySet().stream()
        .filter(entry -> path.startsWith(entry.getKey()))
        .findFirst()
        .map(entry -> entry.getValue().route(path))
        .orElseGet(() -> nothing(path));
  }

  private static Route reading(Route page) {
    return new Route(
        page.label(),
        page.path(),
        page.operationName(),
        page.manner(),
        request -> {
          if (!READING.contains(request.method())) {
            throw new Problem(
                    ProblemCode.WRONG_METHOD,
                    "%s is read with GET, not with %s".formatted(page.path(), request.method()))
                .asException();
          }
          return page.handler().answer(request);
        });
  }

  private static Route nothing(String path) {
    return Route.refusing(
        "unknown",
        path,
        Route.Manner.FREE,
        new Problem(
            ProblemCode.UNKNOWN_OPERATION,
            "There is nothing at %s. The API is below /v2/api, and / lists all pages."
                .formatted(shortened(path))));
  }

  private static String shortened(String path) {
    return path.length() <= 100 ? path : path.substring(0, 100) + "…";
  }
}
