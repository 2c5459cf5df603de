package io.belfry.codegen.openapi;

import io.belfry.codegen.GeneratedFiles;
import io.belfry.codegen.Generator;
import io.belfry.schema.Schema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/// `openapi.json`, and the same compressed, as servers send it to whoever accepts that.
public final class OpenApi implements Generator {
  @Override
  public String folder() {
    return "openapi";
  }

  @Override
  public void generate(Schema schema, GeneratedFiles files) {
    var document = Document.of(schema);
    files.add("openapi.json", document);
    files.add("openapi.json.gz", compressed(document));
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
