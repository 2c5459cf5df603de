package io.belfry.server.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;

/// Answers what isn't even a request: broken HTTP, headers or bodies beyond the limit. These have
/// error bodies too, and their connections close.
final class ProtocolProblems implements DirectHandler {
  private static final int BODY_TOO_LARGE = 413;

  private final Supplier<String> requestIds;
  private final HttpLimits limits;

  private ProtocolProblems(Supplier<String> requestIds, HttpLimits limits) {
    this.requestIds = requestIds;
    this.limits = limits;
  }

  static DirectHandlers handlers(Supplier<String> requestIds, HttpLimits limits) {
    var handler = new ProtocolProblems(requestIds, limits);
    var handlers = DirectHandlers.builder();
    for (var event : EventType.values()) {
      handlers.addHandler(event, handler);
    }
    return handlers.build();
  }

  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType event,
      Status status,
      ServerResponseHeaders headers,
      String message) {
    var answer = answer(status, request.path());
    headers.set(Edge.REQUEST_ID, requestIds.get());
    headers.set(HeaderNames.CONTENT_TYPE, answer.contentType());
    headers.set(HeaderValues.CONNECTION_CLOSE);
    return TransportResponse.builder()
        .status(Status.create(answer.status()))
        .headers(headers)
        .entity(bytes(answer))
        .keepAlive(false)
        .build();
  }

  private Answer answer(Status status, String path) {
    if (status.code() == BODY_TOO_LARGE) {
      return ErrorBody.of(BodyReader.tooLarge(limits), path, null);
    }
    return ErrorBody.of(
        status.code(),
        "This isn't a request that the server understands (%s): it takes HTTP/1.1 with at most %s bytes of headers."
            .formatted(status.reasonPhrase(), limits.headerBytes()),
        path);
  }

  private static byte[] bytes(Answer answer) {
    try {
      var bytes = new ByteArrayOutputStream();
      answer.body().writeTo(bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
