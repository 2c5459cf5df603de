package io.belfry.server.http;

import io.belfry.problem.Problem;
import io.belfry.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/// What handles a request, decided by its path alone.
///
/// @param label names the route in logs and metrics; one of few
/// @param path as error bodies tell it
/// @param operationName as error bodies tell it; null where there is no operation
public record Route(
    String label, String path, @Nullable String operationName, Manner manner, Handler handler) {

  /// How requests on a route are treated.
  public enum Manner {
    /// Stand in line when the server is busy, and have a time limit.
    LIMITED,
    /// Have a time limit only: they watch the server.
    FREE,
    /// Are open for as long as the client wants; what they write is sent when it is flushed. They
    /// must end soon after [Request#serverStops].
    STREAM
  }

  /// A page, which is no operation.
  public static Route page(String path, Handler handler) {
    return new Route(path, path, null, Manner.FREE, handler);
  }

  /// What answers all requests with the same problem; no operation.
  public static Route refusing(String label, String path, Manner manner, Problem problem) {
    return new Route(
        label,
        path,
        null,
        manner,
        _ -> {
          throw problem.asException();
        });
  }

  /// Answers requests, many at once.
  @FunctionalInterface
  public interface Handler {
    /// @throws ProblemException what the client is told instead of an answer
    Answer answer(Request request);
  }
}
