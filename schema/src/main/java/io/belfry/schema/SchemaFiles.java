package io.belfry.schema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The schema's source texts.
///
/// @param texts one a file
public record SchemaFiles(List<Source> texts) {
  private static final List<String> NAMES =
      List.of(
          "directives",
          "common",
          "administration",
          "compute",
          "content",
          "infrastructure",
          "monitoring",
          "network",
          "protection",
          "security",
          "snapshot",
          "storage",
          "vpc");

  public SchemaFiles {
    texts = List.copyOf(texts);
  }

  /// A schema file.
  public record Source(String name, String text) {}

  static SchemaFiles bundled() {
    return new SchemaFiles(
        NAMES.stream().map(name -> new Source(name, resource(name + ".graphqls"))).toList());
  }

  static Source rights() {
    return new Source("rights", resource("rights.graphqls"));
  }

  private static String resource(String file) {
    try (var in = SchemaFiles.class.getResourceAsStream("/schema/" + file)) {
      if (in == null) {
        throw new IllegalStateException("schema file missing from the build: " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
