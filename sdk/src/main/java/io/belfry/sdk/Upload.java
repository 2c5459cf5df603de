package io.belfry.sdk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file, or a piece of one, that an operation takes.
///
/// @param fileName what the server is told the file is called
@SuppressWarnings("ArrayRecordComponent") // bytes are passed on, never compared
public record Upload(String fileName, byte[] content) implements JsonForm {
  /// A whole file.
  public static Upload of(Path file) throws IOException {
    return new Upload(String.valueOf(file.getFileName()), Files.readAllBytes(file));
  }

  /// A stand-in: files are sent beside the JSON, not in it.
  @Override
  public Json json() {
    return Json.file(this);
  }

  @Override
  public String toString() {
    return "%s (%s bytes)".formatted(fileName, content.length);
  }
}
