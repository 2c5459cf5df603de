package io.belfry.server.http;

import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.problem.ProblemException;
import io.helidon.common.mapper.Mappers;
import io.helidon.common.tls.Tls;
import io.helidon.http.HeaderValues;
import io.helidon.service.registry.Services;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A listening HTTP/1.1 server; each connection has a virtual thread of its own.
public final class HttpServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

  private final WebServer server;
  private final Edge edge;
  private final Deadlines deadlines;
  private final HttpLimits limits;
  private volatile boolean serves;

  private HttpServer(WebServer server, Edge edge, Deadlines deadlines, HttpLimits limits) {
    this.server = server;
    this.edge = edge;
    this.deadlines = deadlines;
    this.limits = limits;
  }

  /// Starts to listen, and serves.
  ///
  /// @param requestIds gives each request its own
  /// @throws ProblemException if the address can't be listened on
  public static HttpServer start(
      HttpSettings settings, Router router, RequestListener listener, Supplier<String> requestIds) {
    var server = listen(settings, router, listener, requestIds);
    server.serve(router);
    return server;
  }

  /// Starts to listen before there is anything to serve.
  ///
  /// @param meanwhile handles requests until [#serve]
  /// @param requestIds gives each request its own
  /// @throws ProblemException if the address can't be listened on
  public static HttpServer listen(
      HttpSettings settings,
      Router meanwhile,
      RequestListener listener,
      Supplier<String> requestIds) {
    var deadlines = new Deadlines();
    var _ = Services.get(Mappers.class); // takes a while, for which the first request would wait
    var edge = new Edge(meanwhile, listener, requestIds, settings.limits(), deadlines);
    requireFreePort(settings);
    var server = webServer(settings, edge, requestIds).start();
    if (!server.isRunning()) {
      deadlines.close();
      throw new IllegalStateException("the web server doesn't start; the log says why");
    }
    return new HttpServer(server, edge, deadlines, settings.limits());
  }

  /// The web server only logs that it can't listen, so find out before.
  private static void requireFreePort(HttpSettings settings) {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(settings.address(), settings.port()));
    } catch (IOException e) {
      throw cantListen(settings, e);
    }
  }

  private static ProblemException cantListen(HttpSettings settings, IOException cause) {
    var address = settings.address().getHostAddress();
    return new ProblemException(
        new Problem(
            ProblemCode.PRECONDITION,
            "Can't listen on %s, port %s (%s): stop what uses it, or choose another with --port or --bind."
                .formatted(address, settings.port(), cause.getMessage()),
            Map.of("address", address, "port", settings.port())),
        cause);
  }

  private static WebServer webServer(
      HttpSettings settings, Edge edge, Supplier<String> requestIds) {
    var limits = settings.limits();
    var http1 =
        Http1ConnectionSelector.builder()
            .config(
                Http1Config.builder()
                    .maxHeadersSize(limits.headerBytes())
                    .maxPrologueLength(limits.headerBytes())
                    .receiveLog(false)
                    .sendLog(false)
                    .buildPrototype())
            .build();
    var server =
        WebServer.builder()
            .shutdownHook(false)
            .featuresDiscoverServices(false)
            .protocolsDiscoverServices(false)
            .addConnectionSelector(http1)
            .address(settings.address())
            .port(settings.port())
            .maxPayloadSize(limits.bodyBytes())
            .maxTcpConnections(limits.connections())
            .idleConnectionTimeout(limits.readTime())
            // an answer's last bytes must not wait for the client to confirm its first
            .connectionOptions(options -> options.readTimeout(limits.readTime()).tcpNoDelay(true))
            .directHandlers(ProtocolProblems.handlers(requestIds, limits))
            .routing(routing -> routing.addFilter(HttpServer::closeWhereSaid).any(edge));
    settings.tls().ifPresent(context -> server.tls(Tls.builder().sslContext(context).build()));
    return server.build();
  }

  /// Closes the connection after an answer that says so; the web server leaves it to the client.
  private static void closeWhereSaid(
      FilterChain chain, RoutingRequest request, RoutingResponse response) {
    chain.proceed();
    if (response.headers().contains(HeaderValues.CONNECTION_CLOSE)
        || request.headers().contains(HeaderValues.CONNECTION_CLOSE)) {
      throw new CloseConnectionException("as the answer says");
    }
  }

  /// Handles requests from now on.
  public void serve(Router router) {
    edge.serve(router);
    serves = true;
  }

  public int port() {
    return server.port();
  }

  /// Whether the server will stop soon: it goes on, but nobody should send it more.
  public boolean isLeaving() {
    return edge.running().isLeaving();
  }

  /// Makes it known for a while that the server will stop, if it is set to, so that whoever spreads
  /// requests over servers can take it out; then lets running requests end and stops to listen.
  @Override
  public void close() {
    edge.running().announceEnd();
    if (serves) {
      waitForOthersToLearn();
    }
    var left = edge.running().drain(limits.drainTime());
    if (left > 0) {
      LOG.info("{} requests still ran at the stop; their connections are cut", left);
    }
    server.stop();
    deadlines.close();
  }

  private void waitForOthersToLearn() {
    try {
      Thread.sleep(limits.leaveTime());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
