package io.belfry.server.docs;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The files of the page, by name. Each is read when it is asked for the first time; all of them
/// take about 170 kB of memory then. Thread-safe.
public final class ApiDocs {
  /// The header `Content-Security-Policy` to send with each file: the page talks to its own server
  /// only, and nobody frames it.
  public static final String CONTENT_SECURITY_POLICY =
      "default-src 'self'; img-src data:; base-uri 'none'; form-action 'self';"
          + " frame-ancestors 'none'";

  private static final String START = "index.html";

  /// The whole API in OpenAPI 3.1, and in 3.0 for tools that don't know that yet.
  public static final Set<String> DOCUMENTS = Set.of("openapi.json", "openapi-3.0.json");

  private static final Set<String> NAMES =
      Set.of(
          START,
          "docs.css",
          "docs.js",
          "api.js",
          "dom.js",
          "operation.js",
          "sidebar.js",
          "texts.js",
          "try.js",
          "type.js");

  private final Map<String, DocsFile> files = new ConcurrentHashMap<>();

  private ApiDocs() {}

  /// What this build serves.
  public static ApiDocs bundled() {
    return new ApiDocs();
  }

  /// The file with this name; an empty name is the page itself. Its links are relative, so the page
  /// must be at an address that ends in `/`.
  public Optional<DocsFile> file(String name) {
    var known = name.isEmpty() ? START : name;
    return NAMES.contains(known) || DOCUMENTS.contains(known)
        ? Optional.of(files.computeIfAbsent(known, ApiDocs::read))
        : Optional.empty();
  }

  private static DocsFile read(String name) {
    return DOCUMENTS.contains(name)
        ? DocsFile.compressed(name, name + ".gz")
        : DocsFile.compress(name);
  }
}
