package io.belfry.sdk;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;

/// A body of `multipart/form-data`: a part for each field.
///
/// @param boundary what stands between parts, and in none of them
@SuppressWarnings("ArrayRecordComponent") // bytes are passed on, never compared
record Multipart(String boundary, byte[] bytes) {
  private static final int BOUNDARY_LETTERS = 32;

  static Multipart of(Map<String, Json> fields) {
    var boundary = newBoundary();
    var bytes = new ByteArrayOutputStream();
    fields.forEach((name, value) -> write(bytes, boundary, name, value));
    write(bytes, "--" + boundary + "--\r\n");
    return new Multipart(boundary, bytes.toByteArray());
  }

  String contentType() {
    return "multipart/form-data; boundary=" + boundary;
  }

  /// So long that a file holds it by accident never, and by intention only if it knew it before.
  private static String newBoundary() {
    return new Random()
        .ints(BOUNDARY_LETTERS, 'a', 'z' + 1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static void write(ByteArrayOutputStream bytes, String boundary, String name, Json value) {
    if (value.isNull()) {
      return;
    }
    write(bytes, "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"");
    if (value.value() instanceof Upload file) {
      var fileName = file.fileName().replace("\"", "%22").replace("\r", "").replace("\n", "");
      write(bytes, "; filename=\"" + fileName + "\"\r\n");
      write(bytes, "Content-Type: application/octet-stream\r\n\r\n");
      bytes.writeBytes(file.content());
    } else {
      write(bytes, "\r\n\r\n");
      write(bytes, value.value() instanceof String text ? text : value.toString());
    }
    write(bytes, "\r\n");
  }

  private static void write(ByteArrayOutputStream bytes, String text) {
    bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
