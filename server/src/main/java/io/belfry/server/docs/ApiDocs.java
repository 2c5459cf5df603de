package io.belfry.server.docs;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The files of the page, by name. Immutable; all of them take about 170 kB of memory.
public final class ApiDocs {
  /// The header `Content-Security-Policy` to send with each file: the page talks to its own server
  /// only, and nobody frames it.
  public static final String CONTENT_SECURITY_POLICY =
      "default-src 'self'; img-src data:; base-uri 'none'; form-action 'self';"
          + " frame-ancestors 'none'";

  private static final String START = "index.html";
  private static final String DOCUMENT = "openapi.json";
  private static final List<String> PAGE =
      List.of(
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

  private final Map<String, DocsFile> files;

  private ApiDocs(Map<String, DocsFile> files) {
    this.files = Map.copyOf(files);
  }

  /// What this build serves.
  public static ApiDocs bundled() {
    var files = new TreeMap<String, DocsFile>();
    PAGE.forEach(name -> files.put(name, DocsFile.compress(name)));
    files.put(DOCUMENT, DocsFile.compressed(DOCUMENT, DOCUMENT + ".gz"));
    return new ApiDocs(files);
  }

  /// The file with this name; an empty name is the page itself. Its links are relative, so the page
  /// must be at an address that ends in `/`.
  public Optional<DocsFile> file(String name) {
    return Optional.ofNullable(files.get(name.isEmpty() ? START : name));
  }
}
