package io.belfry.sdk;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How requests reach the server. The SDK's own uses the JDK's HTTP client; give another to
/// [ApiClient.Builder#transport] to test without a server, or to send through something else.
public interface Transport {
  /// The SDK's own, with a configuration's trust, proxy and connect timeout.
  static Transport of(Configuration configuration) {
    return new JdkTransport(configuration);
  }

  /// Sends a request. Cancelling the future gives up; whoever sends does so when the request's time
  /// is over, so a transport need not watch it.
  ///
  /// @return the answer, whatever its status; fails with an [java.io.IOException] if there is none
  CompletableFuture<Response> send(Request request);

  /// Sends a request whose answer is a stream of events (`text/event-stream`) that stays open.
  /// Those that can't do so fail with an [UnsupportedOperationException]; the SDK then asks again
  /// and again instead.
  ///
  /// @param lines gets the lines of a stream, as far as it requests them; nothing of another answer
  /// @return completes when the stream ends, with an empty body; or with the whole answer if it is
  ///   no stream
  default CompletableFuture<Response> stream(Request request, Flow.Subscriber<String> lines) {
    return CompletableFuture.failedFuture(
        new UnsupportedOperationException("this transport has no streams"));
  }

  /// Sends a request whose answer is read while it arrives. Unless a transport does better, the
  /// answer arrives as a whole.
  ///
  /// @return completes when the answer begins; whoever gets it must close its body
  default CompletableFuture<Arriving> open(Request request) {
    return Derived.from(
        send(request),
        response ->
            new Arriving(
                response.status(), response.headers(), new ByteArrayInputStream(response.body())),
        Function.identity());
  }

  /// Lets go of connections and threads. Requests that are under way may fail.
  default void close() {}

  /// @param method `POST` or `GET`
  /// @param headers by name, names in lower case
  /// @param body absent with `GET`
  /// @param timeout how long the whole exchange may take
  @SuppressWarnings("ArrayRecordComponent") // bytes are passed on, never compared
  record Request(
      String method,
      URI uri,
      Map<String, String> headers,
      byte @Nullable [] body,
      Duration timeout) {
    public Request {
      headers = Map.copyOf(headers);
    }

    /// The same request with other headers, for transports that stand before another.
    ///
    /// @param others by name, names in lower case; instead of all that there were
    public Request withHeaders(Map<String, String> others) {
      return new Request(method, uri, others, body, timeout);
    }
  }

  /// @param headers by name, names in lower case
  @SuppressWarnings("ArrayRecordComponent") // bytes are passed on, never compared
  record Response(int status, Map<String, String> headers, byte[] body) {
    public Response {
      headers = Map.copyOf(headers);
    }

    /// @param name in lower case
    public Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }
  }

  /// An answer that has begun.
  ///
  /// @param headers by name, names in lower case
  /// @param body fails with an [java.io.IOException] where the answer breaks off, or stands still
  ///   for longer than the request's time
  record Arriving(int status, Map<String, String> headers, InputStream body) {
    public Arriving {
      headers = Map.copyOf(headers);
    }
  }
}
