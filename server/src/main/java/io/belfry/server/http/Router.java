package io.belfry.server.http;

/// Finds what handles a request. Thread-safe.
@FunctionalInterface
public interface Router {

  /// The route for a path; there is always one, if only to say that nothing is there.
  ///
  /// @param path decoded, with single slashes
  Route route(String path);
}
