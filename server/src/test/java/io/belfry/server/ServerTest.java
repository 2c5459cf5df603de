package io.belfry.server;

import static io.belfry.server.http.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.datacenter.SimulationSize;
import io.belfry.hypervisor.simulator.SimulationSpeed;
import io.belfry.postgres.TestDatabase;
import io.belfry.postgres.TestPostgres;
import io.belfry.server.config.ServerSettings;
import io.belfry.server.config.ServerSettings.Secret;
import io.belfry.server.http.HttpLimits;
import io.belfry.server.http.TestClient;
import io.belfry.server.observe.Logging;
import io.belfry.store.database.DatabaseLocation;
import io.belfry.store.database.PoolSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/// A whole server, seen through its front door.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServerTest {
  private static final String PASSWORD = "correct-horse-battery";

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  private TestDatabase database;

  @SuppressWarnings("NullAway.Init")
  private Platform platform;

  @SuppressWarnings("NullAway.Init")
  private TestClient client;

  @BeforeAll
  void start() {
    database = TestPostgres.freshDatabase();
    platform = Platform.start(settings(Optional.of(new Secret(PASSWORD))));
    client = new TestClient(platform.port());
  }

  @AfterAll
  void stop() {
    client.close();
    platform.close();
    database.close();
  }

  private ServerSettings settings(Optional<Secret> rootPassword) {
    return new ServerSettings(
        new ServerSettings.Listen(
            InetAddress.getLoopbackAddress(), 0, Optional.empty(), HttpLimits.DEFAULT),
        folder,
        new DatabaseLocation.External(database.jdbcUrl(), database.user(), database.password()),
        new ServerSettings.Simulation(
            Optional.of(new SimulationSize(20)), 1, SimulationSpeed.INSTANT),
        ServerSettings.Retention.DEFAULT,
        rootPassword,
        new ServerSettings.Log(Logging.Format.TEXT, false));
  }

  @Test
  void startsAVm() {
    var token = token();
    var vm =
        call(token, "get-vms", "{\"where\": {\"status\": \"STOPPED\", \"in_recycle_bin\": false}}")
            .path(0)
            .path("id")
            .textValue();

    var started = call(token, "start-vm", "{\"where\": {\"id\": \"%s\"}}".formatted(vm));

    assertThat(started).hasSize(1);
    var task = started.path(0).path("task_id").textValue();
    assertThat(finished(token, task).path("status").textValue()).isEqualTo("SUCCESSED");
    assertThat(call(token, "get-vms", "{\"where\": {\"id\": \"%s\"}}".formatted(vm)))
        .first()
        .satisfies(found -> assertThat(found.path("status").textValue()).isEqualTo("RUNNING"));
  }

  private JsonNode finished(String token, String task) {
    while (true) {
      var found = call(token, "get-tasks", "{\"where\": {\"id\": \"%s\"}}".formatted(task)).path(0);
      if (!found.path("finished_at").isNull()) {
        return found;
      }
    }
  }

  @Test
  void counts() {
    var count = call(token(), "get-vms-connection", "{}").at("/aggregate/count").intValue();

    assertThat(count).isEqualTo(call(token(), "get-vms", "{}").size()).isPositive();
  }

  @Test
  void answersMetrics() {
    var answer =
        call(
            token(),
            "get-vm-metrics",
            """
            {"vms": {"status": "RUNNING"}, "metrics": ["elf_vm_memory_used_bytes"], "range": "1h"}
            """);

    assertThat(answer).hasSize(1);
    assertThat(answer.at("/0/data/unit").textValue()).isEqualTo("DATA_SIZE");
    var running = call(token(), "get-vms-connection", "{\"where\": {\"status\": \"RUNNING\"}}");
    assertThat(answer.at("/0/data/sample_streams").size())
        .isPositive()
        .isLessThanOrEqualTo(running.at("/aggregate/count").intValue());
  }

  @Test
  void asksWithoutABody() {
    var answer = client.post("/v2/api/get-meta-leader", "", "Authorization", token());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer)).isNotEmpty();
  }

  @Test
  void namesTheFieldThatAnInquiryMisses() {
    var answer = client.post("/v2/api/get-vm-metrics", "{}", "Authorization", token());

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).path("message").textValue()).contains("body.metrics is required");
  }

  @Test
  void namesTheNearestFieldOfAFilter() {
    var answer =
        client.post("/v2/api/get-vms", "{\"where\": {\"nam\": 1}}", "Authorization", token());

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).path("message").textValue()).contains("name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "Bearer %s", "bearer  %s"})
  void takesATokenWithOrWithoutScheme(String form) {
    var answer = client.post("/v2/api/get-my-info", "", "Authorization", form.formatted(token()));

    assertThat(json(answer).path("username").textValue()).isEqualTo("root");
    assertThat(json(answer).at("/roles/0/id").isTextual()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "Basic cm9vdDpyb290"})
  void refusesATokenThatItDidNotIssue(String token) {
    var answer = client.post("/v2/api/get-vms", "{}", "Authorization", token);

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(json(answer).path("message").textValue()).contains("/v2/api/login");
  }

  @Test
  void saysTheSameOfAWrongUserAndAWrongPassword() {
    var wrongUser = login("nobody", PASSWORD, "LOCAL");
    var wrongPassword = login("root", "wrong", "LOCAL");

    assertThat(wrongUser.statusCode()).isEqualTo(401);
    assertThat(wrongUser.body()).isEqualTo(wrongPassword.body());
  }

  @Test
  void slowsDownWhoGuesses() {
    var answer = login("guessed", "wrong", "LOCAL");
    while (answer.body().contains("is wrong")) {
      answer = login("guessed", "wrong", "LOCAL");
    }

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("Too many failed logins");
    assertThat(answer.headers().firstValue("retry-after")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"LDAP", "AUTHN", "SSO"})
  void saysWhichLoginSourcesAreNotConfigured(String source) {
    var answer = login("root", PASSWORD, source);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains(source, "BF-303");
  }

  @Test
  void createsRootOnlyOnce() {
    var answer = client.post("/v2/api/create-root-user", "{\"password\": \"another-one\"}");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).path("message").textValue()).contains("users already");
  }

  @Test
  void tellsItsVersionToAnybody() {
    assertThat(client.get("/v2/api/get-version").body()).isEqualTo("\"4.8.0\"");
  }

  @Test
  void logsNoSecret() {
    var logged = new ListAppender<ILoggingEvent>();
    var root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    var belfry = (Logger) LoggerFactory.getLogger("io.belfry");
    logged.start();
    root.addAppender(logged);
    belfry.setLevel(Level.DEBUG);
    try {
      var token = token();
      call(token, "get-my-info", "");
      login("root", PASSWORD.repeat(2), "LOCAL");

      var events = copy(logged);
      assertThat(events).anyMatch(event -> event.getFormattedMessage().contains("get-my-info"));
      assertThat(events.toString()).doesNotContain(PASSWORD).doesNotContain(token);
      assertThat(events)
          .allSatisfy(event ->
              assertThat(String.valueOf(event.getKeyValuePairs()))
                  .doesNotContain(PASSWORD)
                  .doesNotContain(token));
    } finally {
      root.detachAppender(logged);
      belfry.setLevel(null);
    }
  }

  /// Other threads log meanwhile, under this lock.
  private static List<ILoggingEvent> copy(ListAppender<ILoggingEvent> logged) {
    synchronized (logged) {
      return List.copyOf(logged.list);
    }
  }

  @Test
  void tellsWhetherItIsReady() {
    assertThat(client.get("/healthz").statusCode()).isEqualTo(200);
    assertThat(json(client.get("/readyz")))
        .isEqualTo(
            json(
                """
                {"status": "ready", "parts": {"database": "ready", "tasks": "ready", "requests": "ready"}}
                """));
  }

  @Test
  void countsRequestsByOperation() {
    client.get("/v2/api/get-version");
    client.post("/v2/api/no-such-operation", "{}");

    var version = "belfry_http_requests_seconds_count{operation=\"get-version\",status=\"200\"}";
    var unknown = "belfry_http_requests_seconds_count{operation=\"unknown\",status=\"404\"}";
    var onlyThis = "belfry_http_requests_running 1.0";
    var page = client.get("/metrics").body();
    while (!Stream.of(version, unknown, onlyThis).allMatch(page::contains)) {
      page = client.get("/metrics").body(); // requests are counted after their last byte
    }
    assertThat(page).contains("jvm_memory_used_bytes").doesNotContain("no-such-operation");
  }

  @Test
  void showsHowBusyItsDatabaseConnectionsAre() throws SQLException {
    try (var held = database.connect();
        var statement = held.createStatement()) {
      held.setAutoCommit(false);
      statement.execute("LOCK TABLE belfry.token IN ACCESS EXCLUSIVE MODE");
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var login = threads.submit(() -> login("root", PASSWORD, "LOCAL"));
        while (metric("belfry_database_connections_active") < 1) {
          Thread.onSpinWait();
        }
        held.rollback();
        assertThat(login.get().statusCode()).isEqualTo(200);
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
    assertThat(metric("belfry_database_connections_max"))
        .isEqualTo(PoolSettings.DEFAULT.connections());
    assertThat(metric("belfry_database_connections_waiting")).isZero();
  }

  private double metric(String name) {
    return client
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
        .sum();
  }

  @Test
  void hasAllFiguresThatItsOperatorsReadOf() throws IOException {
    client.get("/v2/api/get-version");
    var told =
        Pattern.compile("`(belfry_[a-z_]+)`")
            .matcher(Files.readString(Path.of("../docs/operating.md")))
            .results()
            .map(found -> found.group(1))
            .toList();

    assertThat(told).hasSizeGreaterThan(5);
    assertThat(client.get("/metrics").body()).contains(told);
  }

  @Test
  void showsWhatItIs() {
    assertThat(client.get("/").body()).contains("Belfry", "/docs/");
    assertThat(client.get("/docs/").body()).contains("<html");
    assertThat(client.get("/docs").headers().firstValue("location")).contains("/docs/");
    assertThat(json(client.get("/v2/api/openapi.json")).path("openapi").textValue())
        .startsWith("3.1");
    assertThat(json(client.get("/v2/api/openapi-3.0.json")).path("openapi").textValue())
        .startsWith("3.0");
  }

  private JsonNode call(String token, String operation, String body) {
    return json(client.post("/v2/api/" + operation, body, "Authorization", token));
  }

  private String token() {
    return json(login("root", PASSWORD, "LOCAL")).at("/data/token").textValue();
  }

  private HttpResponse<String> login(String username, String password, String source) {
    return client.post(
        "/v2/api/login",
        "{\"username\": \"%s\", \"password\": \"%s\", \"source\": \"%s\"}"
            .formatted(username, password, source));
  }
}
