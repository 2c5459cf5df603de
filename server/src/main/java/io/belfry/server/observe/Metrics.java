package io.belfry.server.observe;

import io.belfry.server.http.Answer;
import io.belfry.server.http.RequestListener;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What Prometheus collects: requests by operation and status, the JVM, and whatever is added.
/// Labels have few values: an unknown path counts as `unknown`. Thread-safe.
public final class Metrics implements RequestListener, AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final AtomicInteger inFlight = new AtomicInteger();

  /// Absent until somebody asks for the first time.
  private @Nullable JvmGcMetrics garbageCollection;

  public Metrics() {
    add("belfry.http.requests.running", "Requests that are being handled", inFlight::get);
  }

  /// Adds a number that is asked for at each collection.
  public void add(String name, String description, Supplier<Number> value) {
    Gauge.builder(name, value).description(description).register(registry);
  }

  /// All of it, as Prometheus reads it. The JVM is watched from the first time on: a process that
  /// starts needn't load what that takes, and one that nobody watches never.
  public Answer page() {
    watchJvm();
    var answer = Answer.text("text/plain", registry.scrape());
    return new Answer(
        answer.status(), "text/plain; version=0.0.4; charset=utf-8", Map.of(), answer.body());
  }

  private synchronized void watchJvm() {
    if (garbageCollection != null) {
      return;
    }
    garbageCollection = new JvmGcMetrics();
    garbageCollection.bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  @Override
  public void began() {
    inFlight.incrementAndGet();
  }

  @Override
  public void ended(Outcome outcome) {
    inFlight.decrementAndGet();
    Timer.builder("belfry.http.requests")
        .description("Requests from their first line to their answer's last byte")
        .tags("operation", outcome.route(), "status", Integer.toString(outcome.status()))
        .register(registry)
        .record(outcome.duration());
  }

  @Override
  public synchronized void close() {
    if (garbageCollection != null) {
      garbageCollection.close();
    }
    registry.close();
  }
}
