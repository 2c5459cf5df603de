package io.belfry.codegen.openapi;

import io.belfry.codegen.GeneratedFiles;
import io.belfry.codegen.Generator;
import io.belfry.schema.Schema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/// `openapi.json`, the same for tools that know OpenAPI 3.0 alone, and both compressed, as servers
/// send them to whoever accepts that.
public final class OpenApi implements Generator {
  @Override
  public String folder() {
    return "openapi";
  }

  @Override
  public void generate(Schema schema, GeneratedFiles files) {
    for (var version : OpenApiVersion.values()) {
      var document = Document.of(schema, version);
      files.add(version.fileName(), document);
      files.add(version.fileName() + ".gz", compressed(document));
    }
  }

  private static byte[] compressed(byte[] content) {
    var compressed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(compressed)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return compressed.toByteArray();
  }
}
