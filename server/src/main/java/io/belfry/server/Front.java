package io.belfry.server;

import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.server.config.ServerSettings;
import io.belfry.server.http.HttpServer;
import io.belfry.server.http.HttpSettings;
import io.belfry.server.http.Route;
import io.belfry.server.http.Router;
import io.belfry.server.http.Routes;
import io.belfry.server.observe.Health;
import io.belfry.server.observe.Metrics;
import io.belfry.server.observe.RequestListeners;
import io.belfry.server.observe.RequestLog;
import io.belfry.server.tls.TlsContexts;
import io.belfry.store.id.RandomIds;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What clients see of a server from its first moment on: its address, behind which it says that it
/// is starting until it serves, and its metrics. Made beside all else, as a web server takes long
/// in a JVM that has just started. Thread-safe.
final class Front implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Front.class);

  private final Beside<Metrics> metrics;
  private final Beside<HttpServer> http;

  private Front(Beside<Metrics> metrics, Beside<HttpServer> http) {
    this.metrics = metrics;
    this.http = http;
  }

  /// Begins to listen. If that isn't possible, [#serve] says why.
  static Front open(ServerSettings.Listen listen) {
    var clock = Clock.systemUTC();
    var random = new SecureRandom();
    var ids = new RandomIds(clock, random);
    var metrics = Beside.start("metrics", Metrics::new);
    var http =
        Beside.start(
            "web server",
            () -> {
              var settings =
                  new HttpSettings(
                      listen.address(),
                      listen.port(),
                      listen.tls().map(source -> TlsContexts.of(source, clock, random)),
                      listen.limits());
              var listeners = new RequestListeners(List.of(new RequestLog(), metrics.get()));
              return HttpServer.listen(settings, starting(), listeners, ids::uuid);
            });
    return new Front(metrics, http);
  }

  private static Router starting() {
    var health = new Health(Map.of("start", () -> false), () -> 0);
    var pages =
        Map.of(
            "/healthz",
            Route.page("/healthz", _ -> health.alive()),
            "/readyz",
            Route.page("/readyz", _ -> health.ready()));
    return new Routes(pages, Map.of("/", Front::refusing));
  }

  private static Route refusing(String path) {
    return Route.refusing(
        "starting",
        path,
        Route.Manner.FREE,
        new Problem(ProblemCode.OVERLOADED, "The server is starting. Try again in a moment."));
  }

  Metrics metrics() {
    return metrics.get();
  }

  /// Lets requests in.
  ///
  /// @throws io.belfry.problem.ProblemException if the address can't be listened on
  void serve(Router router) {
    http.get().serve(router);
    LOG.debug("serves on port {}", port());
  }

  int port() {
    return http.get().port();
  }

  boolean isLeaving() {
    return http.get().isLeaving();
  }

  /// Lets running requests end, and stops to listen.
  @Override
  public void close() {
    http.ifMade(HttpServer::close);
    metrics.ifMade(Metrics::close);
  }
}
