package io.belfry.server.http;

import io.belfry.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/// What handles a request, decided by its path alone.
///
/// @param label names the route in logs and metrics; one of few
/// @param path as error bodies tell it
/// @param operationName as error bodies tell it; null where there is no operation
/// @param limited whether the route stands in line when the server is busy; what watches the server
///   does not
public record Route(
    String label, String path, @Nullable String operationName, boolean limited, Handler handler) {

  /// A page, which is no operation.
  public static Route page(String path, Handler handler) {
    return new Route(path, path, null, false, handler);
  }

  /// Answers requests, many at once.
  @FunctionalInterface
  public interface Handler {
    /// @throws ProblemException what the client is told instead of an answer
    Answer answer(Request request);
  }
}
