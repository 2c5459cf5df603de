package io.belfry.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// The body of one answer on its way to the client. It begins in a buffer: what fits is sent in one
/// piece, and a problem until then can still be told. What doesn't fit is sent in chunks, in
/// constant memory.
final class ResponseStream extends OutputStream {
  private static final int BUFFER_BYTES = 16 << 10;

  /// Below this, gzip costs more than it saves.
  private static final int GZIP_FROM_BYTES = 1 << 10;

  private static final int GZIP_BUFFER_BYTES = 8 << 10;

  private final ServerResponse response;
  private final boolean gzip;
  private final boolean flushes;
  private byte[] buffer = new byte[2 << 10];
  private int length;
  private @Nullable OutputStream chunks;
  private boolean begun;

  /// @param response with its status and headers set
  ResponseStream(ServerResponse response, boolean gzip) {
    this(response, gzip, false);
  }

  private ResponseStream(ServerResponse response, boolean gzip, boolean flushes) {
    this.response = response;
    this.gzip = gzip;
    this.flushes = flushes;
  }

  /// A body whose parts are sent when it is flushed; other bodies aren't, as they would be sent in
  /// many small pieces.
  static ResponseStream flushing(ServerResponse response) {
    return new ResponseStream(response, false, true);
  }

  /// Whether a part has been sent, so that the answer can't become another one.
  boolean hasBegun() {
    return begun;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    if (chunks != null) {
      chunks.write(bytes, offset, count);
    } else if (length + count <= BUFFER_BYTES) {
      keep(bytes, offset, count);
    } else {
      begin().write(bytes, offset, count);
    }
  }

  @Override
  public void flush() throws IOException {
    if (flushes) {
      var sending = chunks == null ? begin() : chunks;
      sending.flush();
    }
  }

  private void keep(byte[] bytes, int offset, int count) {
    if (length + count > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(length + count, 2 * buffer.length));
    }
    System.arraycopy(bytes, offset, buffer, length, count);
    length += count;
  }

  private OutputStream begin() throws IOException {
    begun = true;
    if (gzip) {
      markAsGzip();
    }
    var plain = response.outputStream();
    var stream = gzip ? new GZIPOutputStream(plain, GZIP_BUFFER_BYTES) : plain;
    stream.write(buffer, 0, length);
    chunks = stream;
    return stream;
  }

  /// Sends what remains. Without this call, the answer is not complete.
  void finish() throws IOException {
    begun = true;
    if (chunks != null) {
      chunks.close();
    } else if (gzip && length >= GZIP_FROM_BYTES) {
      markAsGzip();
      try (var whole = new GZIPOutputStream(response.outputStream(), GZIP_BUFFER_BYTES)) {
        whole.write(buffer, 0, length);
      }
    } else {
      response.send(Arrays.copyOf(buffer, length));
    }
  }

  private void markAsGzip() {
    response.header(HeaderNames.CONTENT_ENCODING, "gzip");
    response.header(HeaderNames.VARY, "Accept-Encoding");
  }
}
