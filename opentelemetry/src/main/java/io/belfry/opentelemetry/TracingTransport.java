package io.belfry.opentelemetry;

import io.belfry.sdk.Transport;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// A span around each request. Names of attributes are those of OpenTelemetry's conventions for
/// HTTP clients.
final class TracingTransport implements Transport {
  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  private static final AttributeKey<Long> STATUS =
      AttributeKey.longKey("http.response.status_code");
  private static final AttributeKey<String> URL = AttributeKey.stringKey("url.full");
  private static final AttributeKey<String> ADDRESS = AttributeKey.stringKey("server.address");
  private static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");
  private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

  private final Transport transport;
  private final Tracer tracer;
  private final TextMapPropagator propagator;

  TracingTransport(Transport transport, OpenTelemetry openTelemetry) {
    this.transport = transport;
    this.tracer = openTelemetry.getTracer("io.belfry.sdk");
    this.propagator = openTelemetry.getPropagators().getTextMapPropagator();
  }

  @Override
  public CompletableFuture<Response> send(Request request) {
    return traced(request, transport::send, Response::status);
  }

  @Override
  public CompletableFuture<Response> stream(Request request, Flow.Subscriber<String> lines) {
    return traced(request, marked -> transport.stream(marked, lines), Response::status);
  }

  @Override
  public CompletableFuture<Arriving> open(Request request) {
    return traced(request, transport::open, Arriving::status);
  }

  @Override
  public void close() {
    transport.close();
  }

  /// @return what the other transport's future becomes, once the span has ended; what becomes of it
  ///   before, as by cancelling, reaches that
  private <T> CompletableFuture<T> traced(
      Request request, Function<Request, CompletableFuture<T>> send, ToIntFunction<T> status) {
    var span = begun(request);
    try {
      return traced(span, send.apply(marked(request, span)), status);
    } catch (RuntimeException | Error failed) {
      end(span, failed);
      throw failed;
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // what is returned carries every outcome
  private static <T> CompletableFuture<T> traced(
      Span span, CompletableFuture<T> sent, ToIntFunction<T> status) {
    var traced =
        sent.whenComplete(
                (answer, failed) -> {
                  if (answer != null) {
                    end(span, status.applyAsInt(answer));
                  } else {
                    end(span, failed);
                  }
                })
            // whatever becomes of the span
            .handle((answer, failed) -> sent.join());
    traced.whenComplete((answer, failed) -> {
      if (traced.isCancelled()) {
        sent.cancel(true);
      } else if (failed != null) {
        sent.completeExceptionally(failed);
      }
    });
    return traced;
  }

  private Span begun(Request request) {
    var uri = request.uri();
    return tracer
        .spanBuilder(request.method() + " " + uri.getPath())
        .setSpanKind(SpanKind.CLIENT)
        .setAttribute(METHOD, request.method())
        .setAttribute(URL, uri.toString())
        .setAttribute(ADDRESS, uri.getHost())
        .setAttribute(PORT, (long) port(uri))
        .startSpan();
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return "https".equals(uri.getScheme()) ? 443 : 80;
  }

  private Request marked(Request request, Span span) {
    Map<String, String> headers = new HashMap<>(request.headers());
    propagator.inject(
        Context.current().with(span), headers, (carrier, name, value) -> put(carrier, name, value));
    return request.withHeaders(headers);
  }

  private static void put(@Nullable Map<String, String> headers, String name, String value) {
    if (headers != null) {
      headers.put(name.toLowerCase(Locale.ROOT), value);
    }
  }

  private static void end(Span span, int status) {
    span.setAttribute(STATUS, (long) status);
    if (status >= 400) {
      span.setStatus(StatusCode.ERROR).setAttribute(ERROR, Integer.toString(status));
    }
    span.end();
  }

  private static void end(Span span, Throwable failed) {
    var cause =
        failed instanceof CompletionException && failed.getCause() != null
            ? failed.getCause()
            : failed;
    span.setStatus(StatusCode.ERROR).setAttribute(ERROR, cause.getClass().getName());
    span.end();
  }
}
