package io.belfry.server.http;

import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.problem.ProblemException;
import io.helidon.http.HeaderValues;
import io.helidon.http.RequestException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/// Reads a request's body, within limits.
final class BodyReader {
  private static final int BLOCK_BYTES = 8 << 10;

  private BodyReader() {}

  /// The whole body. Where it can't be read to its end, the connection closes after the answer.
  static byte[] read(
      ServerRequest request, ServerResponse response, HttpLimits limits, BodyMemory.Share memory) {
    if (!request.content().hasEntity()) {
      return new byte[0];
    }
    try (var in = request.content().inputStream()) {
      return read(in, memory);
    } catch (ProblemException e) {
      response.header(HeaderValues.CONNECTION_CLOSE);
      throw e;
    } catch (RequestException e) {
      response.header(HeaderValues.CONNECTION_CLOSE);
      throw refusal(e, limits);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] read(InputStream in, BodyMemory.Share memory) throws IOException {
    var body = new ByteArrayOutputStream();
    var block = new byte[BLOCK_BYTES];
    for (var count = in.read(block); count >= 0; count = in.read(block)) {
      memory.grow(count);
      body.write(block, 0, count);
    }
    return body.toByteArray();
  }

  /// The web server stops reading where the body grows too large, or where it isn't what HTTP says.
  private static ProblemException refusal(RequestException e, HttpLimits limits) {
    return e.status().code() == 413
        ? tooLarge(limits).asException()
        : new ProblemException(
            new Problem(ProblemCode.MALFORMED_REQUEST, "The request's body breaks off."), e);
  }

  static Problem tooLarge(HttpLimits limits) {
    return new Problem(
        ProblemCode.TOO_LARGE,
        "The request's body is larger than %s bytes, the limit: send less at once, or raise --max-body."
            .formatted(limits.bodyBytes()),
        Map.of("limit_bytes", limits.bodyBytes()));
  }
}
