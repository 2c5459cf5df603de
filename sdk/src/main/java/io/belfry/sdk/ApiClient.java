package io.belfry.sdk;

import io.belfry.sdk.internal.EntityShapes;
import io.belfry.sdk.internal.JsonText;
import io.belfry.sdk.internal.Shape;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The way to one server, as one user. Give it to the classes in [io.belfry.sdk.api]:
///
/// ```java
/// try (var client = ApiClient.connect("https://tower.example/v2/api", Credentials.local(user, password))) {
///   List<Vm> vms = new VmApi(client).getVms(Vm.NAME.startsWith("web"));
/// }
/// ```
///
/// Immutable and safe to share between threads; make one and keep it. Clients that come from
/// another ([#withToken], [#with], [#login]) share its connections: close any of them, and all are
/// closed.
public final class ApiClient implements AutoCloseable {
  private static final String EVENTS = "/v2/events";

  private final Configuration configuration;
  private final Transport transport;
  private final @Nullable String token;
  private final CallOptions options;
  private final EventSupport eventSupport;

  private ApiClient(
      Configuration configuration,
      Transport transport,
      @Nullable String token,
      CallOptions options,
      EventSupport eventSupport) {
    this.configuration = configuration;
    this.transport = transport;
    this.token = token;
    this.options = options;
    this.eventSupport = eventSupport;
  }

  /// A client that is logged in.
  ///
  /// @param host the API's address, `https://tower.example/v2/api`
  /// @throws ApiException if the server can't be reached or doesn't accept the credentials
  public static ApiClient connect(String host, Credentials credentials) {
    return connect(Configuration.of(host), credentials);
  }

  /// A client that is logged in.
  ///
  /// @throws ApiException if the server can't be reached or doesn't accept the credentials
  public static ApiClient connect(Configuration configuration, Credentials credentials) {
    var client = of(configuration);
    try {
      return client.login(credentials);
    } catch (RuntimeException failed) {
      client.close();
      throw failed;
    }
  }

  /// A client that is not logged in yet.
  public static ApiClient of(Configuration configuration) {
    return builder(configuration).build();
  }

  public static Builder builder(Configuration configuration) {
    return new Builder(configuration);
  }

  /// The same client, logged in.
  ///
  /// @throws ApiException if the server can't be reached or doesn't accept the credentials
  public ApiClient login(Credentials credentials) {
    return withToken(Login.token(this, credentials));
  }

  /// The same client with a token from an earlier login, or with an API key.
  public ApiClient withToken(String token) {
    return new ApiClient(configuration, transport, token, options, eventSupport);
  }

  /// The same client with other options for its calls.
  public ApiClient with(UnaryOperator<CallOptions> change) {
    return new ApiClient(configuration, transport, token, change.apply(options), eventSupport);
  }

  public Configuration configuration() {
    return configuration;
  }

  /// Calls an operation by its path: for what this version of the SDK doesn't know.
  ///
  /// @throws ApiException if it doesn't work
  public Json call(String path, Json body) {
    return call(Operation.json(path), body);
  }

  /// Calls an operation and waits for the answer.
  ///
  /// @throws ApiException if it doesn't work
  public <A> A call(Operation<A> operation, @Nullable JsonForm body) {
    return new Reply<>(operation, this).read(await(operation, send(operation, body)));
  }

  /// Calls an operation. The future fails with an [ApiException]; cancelling it gives up the call,
  /// which the server may carry out nevertheless.
  public <A> CompletableFuture<A> callAsync(Operation<A> operation, @Nullable JsonForm body) {
    var reply = new Reply<>(operation, this);
    return Derived.from(send(operation, body), reply::read, reply::none);
  }

  /// Watches objects of one type from now on. Works with Belfry; other servers have no such
  /// streams.
  ///
  /// @param model an entity's model, such as `Vm.class`
  /// @throws ApiException if the server can't be reached, refuses, or has no streams
  /// @throws IllegalArgumentException if the class is no entity's model
  public <T> Changes<T> watch(Class<T> model) {
    return watch(model, options -> options);
  }

  /// Watches objects of one type.
  ///
  /// @param model an entity's model, such as `Vm.class`
  /// @param change says which of them, and from when on
  /// @throws ChangesLostException if the server no longer keeps all changes from there on
  /// @throws ApiException if the server can't be reached, refuses, or has no streams
  /// @throws IllegalArgumentException if the class is no entity's model
  public <T> Changes<T> watch(Class<T> model, UnaryOperator<WatchOptions> change) {
    var shape = EntityShapes.of(model);
    return new Changes<>(
            this,
            List.of(model.getSimpleName()),
            change.apply(WatchOptions.defaults()),
            json -> read(shape, json))
        .open();
  }

  private static <T> T read(Shape<T> shape, Json json) throws IOException {
    try (var parser = JsonText.parser(JsonText.bytes(json))) {
      parser.nextToken();
      return shape.read(parser);
    }
  }

  /// Watches objects of any types, as JSON.
  ///
  /// @param types names of entities, such as `Vm`; all if there are none
  /// @param change says which of them, and from when on
  /// @throws ChangesLostException if the server no longer keeps all changes from there on
  /// @throws ApiException if the server can't be reached, refuses, or has no streams
  public Changes<Json> watch(Collection<String> types, UnaryOperator<WatchOptions> change) {
    var options = change.apply(WatchOptions.defaults());
    return new Changes<>(this, List.copyOf(types), options, json -> json).open();
  }

  Transport transport() {
    return transport;
  }

  /// Whether the server has streams of events, as far as that has been found out.
  EventSupport eventSupport() {
    return eventSupport;
  }

  /// @param position after which change to begin; null to begin now
  Transport.Request eventsRequest(List<String> types, List<String> ids, @Nullable String position) {
    var headers = headers();
    headers.remove("content-type");
    headers.put("accept", "text/event-stream");
    if (position != null) {
      headers.put("last-event-id", position);
    }
    var query =
        query(
            Json.object(
                "resource_type", String.join(",", types), "resource_id", String.join(",", ids)));
    return request("GET", configuration.root() + EVENTS + query, headers, null);
  }

  /// Asks another part of the server than the API itself, for what only some servers have.
  ///
  /// @param method `GET`, `POST`, `DELETE`
  /// @param path from the server's root, `/v2/simulator/faults`
  /// @param body absent for none
  /// @throws ApiException if it doesn't work
  public Json callServer(String method, String path, @Nullable JsonForm body) {
    var bytes = body == null ? null : JsonText.bytes(body.json());
    var request = request(method, configuration.root() + path, headers(), bytes);
    var operation = Operation.json(path);
    return new Reply<>(operation, this).read(await(operation, exchange(request)));
  }

  private CompletableFuture<Transport.Response> send(
      Operation<?> operation, @Nullable JsonForm body) {
    if (operation.needsToken() && authorization() == null) {
      throw new UnauthorizedException(
          ApiException.Failure.of(
              operation.path(), 0, "no token is set: log in, or use withToken(…), before calling"));
    }
    return exchange(request(operation, body == null ? Json.object() : body.json()));
  }

  private Transport.Request request(Operation<?> operation, Json body) {
    var address = configuration.host() + "/" + operation.path();
    return switch (operation.encoding()) {
      case QUERY -> request("GET", address + query(body), headers(), null);
      case JSON -> request("POST", address, headers(), JsonText.bytes(body));
      case MULTIPART -> {
        var form = Multipart.of(body.fields());
        var headers = headers();
        headers.put("content-type", form.contentType());
        yield request("POST", address, headers, form.bytes());
      }
    };
  }

  private Transport.Request request(
      String method, String address, Map<String, String> headers, byte @Nullable [] body) {
    return new Transport.Request(method, URI.create(address), headers, body, timeout());
  }

  private @Nullable String authorization() {
    var header = allOptions().headers().get("authorization");
    return header == null ? token : header;
  }

  private Map<String, String> headers() {
    var headers = new LinkedHashMap<String, String>();
    headers.put("content-type", "application/json");
    headers.put("accept", "application/json");
    headers.put("user-agent", configuration.userAgent());
    if (token != null) {
      headers.put("authorization", token);
    }
    headers.putAll(allOptions().headers());
    return headers;
  }

  private Duration timeout() {
    return allOptions().timeout().orElse(configuration.timeout());
  }

  private CallOptions allOptions() {
    return configuration.options().and(options);
  }

  private static String query(Json arguments) {
    var query =
        arguments.fields().entrySet().stream()
            .filter(each -> !each.getValue().isNull())
            .map(each -> encoded(each.getKey()) + "=" + encoded(plain(each.getValue())))
            .collect(Collectors.joining("&"));
    return query.isEmpty() ? "" : "?" + query;
  }

  private static String plain(Json value) {
    return value.isArray()
        ? value.elements().stream().map(ApiClient::plain).collect(Collectors.joining(","))
        : String.valueOf(value.value());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /// Asks another part of the server than the API itself, without a token.
  Transport.Response ask(URI address, Json body) {
    var request = request("POST", address.toString(), headers(), JsonText.bytes(body));
    return await(Operation.json(address.getPath()), exchange(request));
  }

  /// The time limit is kept here as well, because the JDK's client stops watching the time when the
  /// headers are there.
  private CompletableFuture<Transport.Response> exchange(Transport.Request request) {
    return transport.send(request).orTimeout(request.timeout().toMillis(), TimeUnit.MILLISECONDS);
  }

  private Transport.Response await(
      Operation<?> operation, CompletableFuture<Transport.Response> response) {
    try {
      return response.get();
    } catch (InterruptedException interrupted) {
      response.cancel(true);
      Thread.currentThread().interrupt();
      throw new Reply<>(operation, this).none(interrupted);
    } catch (ExecutionException | CancellationException failed) {
      throw new Reply<>(operation, this).none(failed);
    }
  }

  /// Lets go of connections and threads, also of the clients that share them. A program that leaves
  /// its client open takes 0.3 s longer to exit.
  @Override
  public void close() {
    transport.close();
  }

  /// Makes a client.
  public static final class Builder {
    private final Configuration configuration;
    private @Nullable Transport transport;
    private @Nullable String token;

    private Builder(Configuration configuration) {
      this.configuration = configuration;
    }

    /// A token from an earlier login, or an API key.
    public Builder token(String token) {
      this.token = token;
      return this;
    }

    /// Another way to the server than the JDK's HTTP client. Timeouts and trust are then its
    /// matter.
    public Builder transport(Transport transport) {
      this.transport = transport;
      return this;
    }

    public ApiClient build() {
      var used = transport == null ? new JdkTransport(configuration) : transport;
      return new ApiClient(configuration, used, token, CallOptions.none(), new EventSupport());
    }
  }
}
