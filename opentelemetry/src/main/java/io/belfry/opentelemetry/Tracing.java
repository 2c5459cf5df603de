package io.belfry.opentelemetry;

import io.belfry.sdk.ApiClient;
import io.belfry.sdk.CallContext;
import io.belfry.sdk.Configuration;
import io.belfry.sdk.Transport;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Context;

/// Tells OpenTelemetry of every request that the SDK sends, and the server to which trace it
/// belongs.
///
/// ```java
/// var tracing = new Tracing(openTelemetry);
/// var configuration = Configuration.builder(url).context(tracing.context()).build();
/// var client = tracing.builder(configuration).token(token).build();
/// ```
///
/// Each attempt at a call is a span of its own, below the span that is current where the call is
/// made, as the conventions for HTTP clients have it: `POST /v2/api/get-vms`, with method, address
/// and status; an error if there is no answer, or one above 399. The header `traceparent`, or what
/// else the propagators know, goes with it. Neither bodies nor tokens are in spans. A stream of
/// events is a span until it ends. Thread-safe.
public final class Tracing {
  private final OpenTelemetry openTelemetry;

  public Tracing(OpenTelemetry openTelemetry) {
    this.openTelemetry = openTelemetry;
  }

  /// What lets an attempt that is made on another thread be below the same span as the first. For
  /// [Configuration.Builder#context].
  public CallContext context() {
    return () -> Context.current()::wrap;
  }

  /// A client whose requests are traced, sent by the SDK's own transport.
  public ApiClient.Builder builder(Configuration configuration) {
    return ApiClient.builder(configuration).transport(around(Transport.of(configuration)));
  }

  /// A transport that traces what another one sends.
  public Transport around(Transport transport) {
    return new TracingTransport(transport, openTelemetry);
  }
}
