package io.belfry.server.http;

import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.problem.ProblemException;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Every request passes here, from its head to the last byte of its answer: it gets an id, a route,
/// a place and a deadline, and whatever is thrown becomes an error body or, where it is too late
/// for one, a cut connection.
final class Edge implements Handler {
  static final HeaderName REQUEST_ID = HeaderNames.create("x-tower-request-id");

  private static final Logger LOG = LoggerFactory.getLogger(Edge.class);

  /// How long a request waits for a place.
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private volatile Router router;
  private final RequestListener listener;
  private final Supplier<String> requestIds;
  private final HttpLimits limits;
  private final Deadlines deadlines;
  private final Semaphore places;
  private final Semaphore streams;
  private final BodyMemory bodies;
  private final Running running = new Running();

  /// @param requestIds gives each request its own
  Edge(
      Router router,
      RequestListener listener,
      Supplier<String> requestIds,
      HttpLimits limits,
      Deadlines deadlines) {
    this.router = router;
    this.listener = listener;
    this.requestIds = requestIds;
    this.limits = limits;
    this.deadlines = deadlines;
    this.places = new Semaphore(limits.concurrentRequests());
    this.streams = new Semaphore(limits.streams());
    this.bodies = new BodyMemory(limits.bodiesBytes());
  }

  /// Leaves requests from now on to another router.
  void serve(Router newRouter) {
    router = newRouter;
  }

  /// The requests that are being handled.
  Running running() {
    return running;
  }

  @Override
  public void handle(ServerRequest incoming, ServerResponse response) {
    var startNanos = System.nanoTime();
    running.enter();
    listener.began();
    var memory = bodies.share();
    var request = request(incoming, response, memory);
    var route = router.route(request.path());
    var complete = false;
    try {
      answer(new Exchange(request, route, response));
      complete = true;
    } finally {
      memory.close();
      listener.ended(
          new RequestListener.Outcome(
              request.id(),
              route.label(),
              request.method(),
              response.status().code(),
              Duration.ofNanos(System.nanoTime() - startNanos),
              request.username(),
              request.peer(),
              !complete));
      running.leave();
    }
  }

  /// A request, what handles it, and where its answer goes.
  private record Exchange(Request request, Route route, ServerResponse response) {}

  private Request request(
      ServerRequest incoming, ServerResponse response, BodyMemory.Share memory) {
    var headers = new HashMap<String, String>();
    for (var header : incoming.headers()) {
      headers.put(header.headerName().lowerCase(), header.get());
    }
    var query = new HashMap<String, String>();
    for (var name : incoming.query().names()) {
      query.put(name, incoming.query().first(name).orElse(""));
    }
    var head =
        new Request.Head(
            incoming.prologue().method().text(),
            incoming.prologue().uriPath().path().replaceAll("/{2,}", "/"),
            query,
            headers,
            incoming.remotePeer().host());
    return new Request(
        requestIds.get(),
        head,
        () -> BodyReader.read(incoming, response, limits, memory),
        running::isLeaving);
  }

  private void answer(Exchange exchange) {
    var isStream = exchange.route().manner() == Route.Manner.STREAM;
    var stream =
        isStream
            ? ResponseStream.flushing(exchange.response())
            : new ResponseStream(exchange.response(), acceptsGzip(exchange.request()));
    var deadline = isStream ? deadlines.none() : deadlines.within(limits.requestTime());
    try (deadline) {
      inPlace(exchange, stream);
    } catch (CloseConnectionException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      if (stream.hasBegun()) {
        if (isGone(e)) {
          LOG.debug("request {}: the client has gone", exchange.request().id(), e);
        } else {
          LOG.warn("request {}: the answer breaks off", exchange.request().id(), e);
        }
        throw new CloseConnectionException("the answer breaks off", e);
      }
      refuse(exchange, deadline.hasPassed() ? tookTooLong(e) : problem(exchange, e));
    }
  }

  /// Whether this is how the client's connection fails, as at the end of each stream of events.
  private static boolean isGone(Exception e) {
    var cause = e instanceof UncheckedIOException ? e.getCause() : e;
    return cause instanceof SocketException;
  }

  /// Answers, if there is a place for one more request.
  private void inPlace(Exchange exchange, ResponseStream stream) throws IOException {
    if (exchange.route().manner() == Route.Manner.FREE) {
      send(exchange.route().handler().answer(exchange.request()), exchange, stream);
      return;
    }
    refuseWhileDraining();
    var taken = exchange.route().manner() == Route.Manner.STREAM ? takeStream() : takePlace();
    try {
      send(exchange.route().handler().answer(exchange.request()), exchange, stream);
    } finally {
      taken.release();
    }
  }

  private void refuseWhileDraining() {
    if (running.isDraining()) {
      throw stopping();
    }
  }

  private static ProblemException stopping() {
    return overloaded("The server is about to stop. Try again in a moment.");
  }

  private Semaphore takeStream() {
    if (running.isLeaving()) {
      throw stopping();
    }
    if (!streams.tryAcquire()) {
      throw overloaded(
          "The server has %s open streams, as many as it takes. Try again in a moment."
              .formatted(limits.streams()));
    }
    return streams;
  }

  private Semaphore takePlace() {
    try {
      if (places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        return places;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw overloaded(
        "The server works on %s requests, as many as it takes. Try again in a moment."
            .formatted(limits.concurrentRequests()));
  }

  private static ProblemException overloaded(String message) {
    return new Problem(ProblemCode.OVERLOADED, message).asException();
  }

  private void send(Answer answer, Exchange exchange, ResponseStream stream) throws IOException {
    var response = exchange.response();
    response.status(Status.create(answer.status()));
    response.header(REQUEST_ID, exchange.request().id());
    response.header(HeaderNames.CONTENT_TYPE, answer.contentType());
    response.header(HeaderNames.create("X-Content-Type-Options"), "nosniff");
    answer.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
    if (running.isLeaving()) {
      response.header(HeaderValues.CONNECTION_CLOSE);
    }
    answer.body().writeTo(stream);
    stream.finish();
  }

  private void refuse(Exchange exchange, Problem problem) {
    var route = exchange.route();
    try {
      send(
          ErrorBody.of(problem, route.path(), route.operationName()),
          exchange,
          new ResponseStream(exchange.response(), false));
    } catch (IOException e) {
      throw new CloseConnectionException("the client is gone", e);
    }
  }

  private Problem tookTooLong(Exception cause) {
    LOG.debug("stopped after {}", limits.requestTime(), cause);
    return new Problem(
        ProblemCode.QUERY_TOO_SLOW,
        String.format(
            Locale.ROOT,
            "The request took longer than %.1f s and was stopped.",
            limits.requestTime().toMillis() / 1000.0));
  }

  private static Problem problem(Exchange exchange, Exception e) {
    if (e instanceof ProblemException known) {
      return known.problem();
    }
    LOG.error("request {} ({})", exchange.request().id(), exchange.route().label(), e);
    return new Problem(
        ProblemCode.INTERNAL,
        "Internal error. The server's log tells more about request %s."
            .formatted(exchange.request().id()),
        Map.of("request_id", exchange.request().id()));
  }

  private static boolean acceptsGzip(Request request) {
    for (var coding : request.header("accept-encoding").orElse("").split(",")) {
      var parts = coding.strip().split("\\s*;\\s*");
      if (parts[0].equalsIgnoreCase("gzip")) {
        return parts.length == 1 || !parts[1].matches("q=0(\\.0*)?");
      }
    }
    return false;
  }
}
