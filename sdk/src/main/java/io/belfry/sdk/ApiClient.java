package io.belfry.sdk;

import io.belfry.sdk.internal.EntityShapes;
import io.belfry.sdk.internal.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
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
  private static final String AUTHORIZATION = "authorization";
  private static final int MOST_OF_A_REFUSAL = 1 << 20;

  /// How the paths of operations begin that change nothing.
  private static final String READING = "get-";

  private final Configuration configuration;
  private final Exchange.Ways ways;
  private final Session session;
  private final CallOptions options;
  private final EventSupport eventSupport;

  private ApiClient(
      Configuration configuration,
      Exchange.Ways ways,
      Session session,
      CallOptions options,
      EventSupport eventSupport) {
    this.configuration = configuration;
    this.ways = ways;
    this.session = session;
    this.options = options;
    this.eventSupport = eventSupport;
  }

  /// A client that is logged in, where and as the environment says: see [Profile].
  ///
  /// @throws IllegalArgumentException if the environment doesn't say enough
  /// @throws ApiException if the server can't be reached or doesn't accept the credentials
  public static ApiClient connect() {
    var profile = Profile.fromEnvironment();
    return connect(profile.configuration(), profile.credentials());
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

  /// The same client, logged in. It keeps the credentials: when the server doesn't accept the token
  /// any more, it logs in again, once for all calls that find that out at the same time, and makes
  /// the calls again. A token given as [Credentials#token] can't be renewed.
  ///
  /// @throws ApiException if the server can't be reached or doesn't accept the credentials
  public ApiClient login(Credentials credentials) {
    if (credentials instanceof Credentials.Token token) {
      return withToken(token.value());
    }
    var anonymous = with(Session.anonymous());
    Supplier<String> login = () -> Login.token(anonymous, credentials);
    return with(Session.renewable(login.get(), login));
  }

  /// The same client with a token from an earlier login, or with an API key.
  public ApiClient withToken(String token) {
    return with(Session.of(token));
  }

  /// The token that calls carry, for programs that keep it; absent before a login. A secret.
  public @Nullable String token() {
    return session.token();
  }

  private ApiClient with(Session other) {
    return new ApiClient(configuration, ways, other, options, eventSupport);
  }

  /// The same client with other options for its calls.
  public ApiClient with(UnaryOperator<CallOptions> change) {
    return new ApiClient(configuration, ways, session, change.apply(options), eventSupport);
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
            shape::read)
        .open();
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
    return ways.transport();
  }

  /// Whether the server has streams of events, as far as that has been found out.
  EventSupport eventSupport() {
    return eventSupport;
  }

  Session session() {
    return session;
  }

  /// @param position after which change to begin; null to begin now
  Transport.Request eventsRequest(
      List<String> types, List<String> ids, @Nullable String position, @Nullable String token) {
    var headers = headers();
    headers.remove("content-type");
    authorize(headers, token);
    headers.put("accept", "text/event-stream");
    if (position != null) {
      headers.put("last-event-id", position);
    }
    var query =
        query(
            Json.object(
                "resource_type", String.join(",", types), "resource_id", String.join(",", ids)));
    return request(
        "GET",
        Configuration.root(ways.endpoints().active()) + EVENTS + query,
        headers,
        null,
        timeout());
  }

  /// Asks another part of the server than the API itself, for what only some servers have.
  ///
  /// @param method `GET`, `POST`, `DELETE`
  /// @param path from the server's root, `/v2/simulator/faults`
  /// @param body absent for none
  /// @throws ApiException if it doesn't work
  public Json callServer(String method, String path, @Nullable JsonForm body) {
    var sent = new Sent(method, headers(), body == null ? null : JsonText.bytes(body.json()));
    var operation = Operation.json(path);
    var call = prepared(path, method.equals("GET"), host -> Configuration.root(host) + path, sent);
    return new Reply<>(operation, this).read(await(operation, exchange(call)));
  }

  private CompletableFuture<Transport.Response> send(
      Operation<?> operation, @Nullable JsonForm body) {
    requireToken(operation);
    return exchange(prepared(operation, body == null ? Json.object() : body.json()));
  }

  private void requireToken(Operation<?> operation) {
    if (operation.needsToken() && authorization() == null) {
      throw new UnauthorizedException(
          ApiException.Failure.of(
              operation.path(), 0, "no token is set: log in, or use withToken(…), before calling"));
    }
  }

  /// What all attempts at a call send, but for the token.
  @SuppressWarnings("ArrayRecordComponent") // bytes are passed on, never compared
  private record Sent(String method, Map<String, String> headers, byte @Nullable [] body) {}

  private Exchange.Call prepared(Operation<?> operation, Json body) {
    var path = "/" + operation.path();
    var reads = operation.path().startsWith(READING);
    return switch (operation.encoding()) {
      case QUERY -> {
        var query = query(body);
        var sent = new Sent("GET", headers(), null);
        yield prepared(operation.path(), true, host -> host + path + query, sent);
      }
      case JSON -> {
        var headers = headers();
        var hasKey = !reads && operation.needsToken() && ways.keySupport().isPresent();
        if (hasKey) {
          headers.putIfAbsent(KeySupport.HEADER, UUID.randomUUID().toString());
        }
        var sent = new Sent("POST", headers, JsonText.bytes(body));
        yield prepared(operation.path(), reads || hasKey, host -> host + path, sent);
      }
      case MULTIPART -> {
        var form = Multipart.of(body.fields());
        var headers = headers();
        headers.put("content-type", form.contentType());
        var sent = new Sent("POST", headers, form.bytes());
        yield prepared(operation.path(), reads, host -> host + path, sent);
      }
    };
  }

  /// Begins to read an answer while it arrives.
  ///
  /// @return the answer's body, to be closed
  InputStream open(Operation<?> operation, Json body) {
    requireToken(operation);
    return open(operation, prepared(operation, body)).body();
  }

  /// Begins to read a file of the server while it arrives.
  ///
  /// @param path from the server's root
  Download.Opened openFile(String path, Map<String, String> more) {
    var headers = headers();
    headers.remove("content-type");
    headers.putAll(more);
    var sent = new Sent("GET", headers, null);
    var call = prepared(path, true, host -> Configuration.root(host) + path, sent);
    return open(Operation.json(path), call);
  }

  private Download.Opened open(Operation<?> operation, Exchange.Call call) {
    var arriving = new AtomicReference<InputStream>();
    var response =
        await(
            operation,
            exchange(
                call.sentBy((transport, request) ->
                    Derived.from(
                        transport.open(request),
                        begun -> begun(begun, arriving),
                        Function.identity()))));
    if (response.status() / 100 != 2) {
      throw new Reply<>(operation, this).refusal(response);
    }
    return new Download.Opened(response, arriving.get());
  }

  /// What is no answer is read at once.
  private Transport.Response begun(
      Transport.Arriving begun, AtomicReference<InputStream> arriving) {
    if (begun.status() / 100 == 2) {
      arriving.set(begun.body());
      return new Transport.Response(begun.status(), begun.headers(), new byte[0]);
    }
    try (var body = begun.body()) {
      return new Transport.Response(
          begun.status(), begun.headers(), body.readNBytes(MOST_OF_A_REFUSAL));
    } catch (IOException broken) {
      return new Transport.Response(begun.status(), begun.headers(), new byte[0]);
    }
  }

  /// @param address where to send it, by the API's address
  private Exchange.Call prepared(
      String operation, boolean repeatable, Function<URI, String> address, Sent sent) {
    return new Exchange.Call(
        operation,
        repeatable,
        timeout(),
        (host, token, left) -> {
          var headers = new LinkedHashMap<>(sent.headers());
          authorize(headers, token);
          return request(sent.method(), address.apply(host), headers, sent.body(), left);
        },
        Transport::send);
  }

  private static Transport.Request request(
      String method,
      String address,
      Map<String, String> headers,
      byte @Nullable [] body,
      Duration timeout) {
    return new Transport.Request(method, URI.create(address), headers, body, timeout);
  }

  /// A header that was asked for wins over the token.
  private static void authorize(Map<String, String> headers, @Nullable String token) {
    if (token != null) {
      headers.putIfAbsent(AUTHORIZATION, token);
    }
  }

  private @Nullable String authorization() {
    var header = options().headers().get(AUTHORIZATION);
    return header == null ? session.token() : header;
  }

  private Map<String, String> headers() {
    var headers = new LinkedHashMap<String, String>();
    headers.put("content-type", "application/json");
    headers.put("accept", "application/json");
    headers.put("user-agent", configuration.userAgent());
    headers.putAll(options().headers());
    return headers;
  }

  private Duration timeout() {
    return options().timeout().orElse(configuration.timeout());
  }

  /// What calls differ in, as said for all and for this client.
  CallOptions options() {
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
  Transport.Response ask(String path, Json body) {
    var sent = new Sent("POST", headers(), JsonText.bytes(body));
    var call = prepared(path, true, host -> Configuration.root(host) + path, sent);
    return await(Operation.json(path), exchange(call, Session.anonymous()));
  }

  private CompletableFuture<Transport.Response> exchange(Exchange.Call call) {
    var ownHeader = options().headers().containsKey(AUTHORIZATION);
    return exchange(call, ownHeader ? Session.anonymous() : session);
  }

  private CompletableFuture<Transport.Response> exchange(Exchange.Call call, Session caller) {
    return Exchange.start(call, ways, caller, configuration);
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
    ways.transport().close();
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
      var used = transport == null ? Transport.of(configuration) : transport;
      return new ApiClient(
          configuration,
          new Exchange.Ways(used, new Endpoints(configuration.hosts()), new KeySupport()),
          Session.of(token),
          CallOptions.none(),
          new EventSupport());
    }
  }
}
