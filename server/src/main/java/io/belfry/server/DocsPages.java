package io.belfry.server;

import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.server.docs.ApiDocs;
import io.belfry.server.docs.DocsFile;
import io.belfry.server.http.Answer;
import io.belfry.server.http.Request;
import io.belfry.server.http.Route;
import io.belfry.server.http.Router;
import java.util.Map;

/// The readable page of the API below `/docs/`, and its documents in `/v2/api/`.
final class DocsPages implements Router {
  static final String BASE = "/docs/";
  static final String DOCUMENTS = "/v2/api/";

  private final ApiDocs docs;

  DocsPages(ApiDocs docs) {
    this.docs = docs;
  }

  @Override
  public Route route(String path) {
    var name = path.substring(BASE.length());
    return new Route("/docs", path, null, Route.Manner.FREE, request -> file(name, request));
  }

  /// Answers an OpenAPI document.
  Route.Handler document(String name) {
    return request -> file(name, request);
  }

  /// The page's links are relative, so its address ends in a slash.
  static Answer redirect(Request request) {
    return Answer.text("text/plain", BASE).withStatus(308).withHeaders(Map.of("Location", BASE));
  }

  private Answer file(String name, Request request) {
    var file =
        docs.file(name)
            .orElseThrow(() ->
                new Problem(
                        ProblemCode.UNKNOWN_OPERATION,
                        "The documentation has no file of this name; %s is its first page"
                            .formatted(BASE))
                    .asException());
    var headers =
        Map.of(
            "ETag",
            file.entityTag(),
            "Cache-Control",
            "no-cache",
            "Content-Security-Policy",
            ApiDocs.CONTENT_SECURITY_POLICY);
    return isKnown(file, request)
        ? new Answer(304, file.contentType(), headers, _ -> {})
        : new Answer(200, file.contentType(), headers, out -> out.write(file.plain()));
  }

  private static boolean isKnown(DocsFile file, Request request) {
    return request.header("if-none-match").filter(file.entityTag()::equals).isPresent();
  }
}
