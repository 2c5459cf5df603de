package io.belfry.server;

import static io.belfry.server.http.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

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
import io.belfry.store.Store;
import io.belfry.store.database.DatabaseLocation;
import io.belfry.store.database.TestTables;
import io.belfry.store.log.RevisionLog;
import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `POST /v2/simulator/reset`, seen through the front door and in the database.
@Timeout(300)
class SimulatorResetTest {
  private static final String PASSWORD = "correct-horse-battery";
  private static final String RESET = "/v2/simulator/reset";
  private static final String CLOCK = "/v2/simulator/clock";

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  private TestDatabase database;

  @SuppressWarnings("NullAway.Init")
  private Platform platform;

  @SuppressWarnings("NullAway.Init")
  private TestClient client;

  @SuppressWarnings("NullAway.Init")
  private String token;

  @BeforeEach
  void startWithTwentyVms() {
    database =
        TestPostgres.freshDatabase("20 VMs", empty -> Platform.start(settings(empty)).close());
    start();
  }

  private void start() {
    platform = Platform.start(settings(database));
    client = new TestClient(platform.port());
    token = login(PASSWORD);
  }

  @AfterEach
  void drop() {
    stop();
    database.close();
  }

  private void stop() {
    client.close();
    platform.close();
  }

  private ServerSettings settings(TestDatabase database) {
    return new ServerSettings(
        new ServerSettings.Listen(
            InetAddress.getLoopbackAddress(), 0, Optional.empty(), HttpLimits.DEFAULT),
        folder,
        new DatabaseLocation.External(database.jdbcUrl(), database.user(), database.password()),
        new ServerSettings.Simulation(
            Optional.of(new SimulationSize(20)), 1, SimulationSpeed.INSTANT),
        ServerSettings.Retention.DEFAULT,
        Optional.of(new Secret(PASSWORD)),
        new ServerSettings.Log(Logging.Format.TEXT, false));
  }

  @Test
  void bringsBackEveryRowOfEveryTable() throws SQLException {
    var before = contents();

    useTheServer();
    assertThat(contents()).isNotEqualTo(before);
    var first = reset();

    assertThat(contents()).isEqualTo(before);
    assertThat(first.path("rows").intValue()).isPositive();
    useTheServer();
    reset();
    assertThat(contents()).isEqualTo(before);
  }

  /// Whichever rows differ, and whether the revision log tells of them or not.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void bringsBackWhateverHasHappened(long seed) throws SQLException {
    var before = contents();
    var random = new Random(seed);
    for (var round = 0; round < 4; round++) {
      try (var connection = database.connect();
          var statement = connection.createStatement()) {
        for (var i = 0; i < 40; i++) {
          executeIfAllowed(statement, RandomChange.next(random));
        }
      }
      assertThat(contents()).isNotEqualTo(before);

      reset();

      assertThat(contents()).as("seed %s, round %s", seed, round).isEqualTo(before);
    }
  }

  /// Then nothing is final that was changed since it began.
  @Test
  void goesBackWhileATransactionOutlastsSeveralResets() throws SQLException {
    var before = contents();
    var label = "(SELECT min(id) FROM tower.label)";
    execute("DELETE FROM tower.label WHERE id = " + label);
    try (var other = database.connect()) {
      other.setAutoCommit(false);
      other.createStatement().execute("INSERT INTO tower.label (id) VALUES ('unfinished')");
      reset();
      reset();
      execute("UPDATE tower.label SET value = 'another' WHERE id = " + label);
      reset();
      assertThat(contents()).isEqualTo(before);

      execute("DELETE FROM tower.label WHERE id = " + label);
      reset();
      assertThat(contents()).isEqualTo(before);
    }
  }

  @Test
  void findsNothingToDoWhereNothingHasChanged() {
    useTheServer();
    reset();

    assertThat(reset().path("tasks").intValue()).isZero();
    assertThat(call("get-tasks", "{\"where\": {\"status\": \"EXECUTING\"}}")).isEmpty();
  }

  @Test
  void goesBackFromWhatOtherServersHaveChanged() throws SQLException {
    var before = contents();
    stop();
    start();
    useTheServer();

    reset();

    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void goesBackFromChangesThatAreGoneFromTheLog() throws SQLException {
    var before = contents();
    useTheServer();
    var log = new RevisionLog(new Store(database.dataSource(), TestTables.LAYOUT));
    assertThat(log.compact(Duration.ZERO, 100_000)).isPositive();

    reset();

    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void letsTheHypervisorBeginAnewToo() {
    var vm = stoppedVm();
    task("start-vm", vm);
    reset();

    assertThat(found("get-vms", vm).path("status").textValue()).isEqualTo("STOPPED");
    assertThat(task("start-vm", vm).path("status").textValue()).isEqualTo("SUCCESSED");
  }

  @Test
  void forgetsTasksThatHang() {
    var vm = stoppedVm();
    post("/v2/simulator/faults", "{\"kind\": \"HANG\", \"operations\": [\"start-vm\"]}");
    call("start-vm", where(vm));
    await("the call hangs", () -> fault().path("struck").intValue() == 1);

    // Whether the task is forgotten, or ends first as the fault has gone: nobody sees it again.
    reset();

    assertThat(json(client.get("/healthz")).has("faults")).isFalse();
    assertThat(found("get-vms", vm).path("entityAsyncStatus").isNull()).isTrue();
    assertThat(task("start-vm", vm).path("status").textValue()).isEqualTo("SUCCESSED");
    assertThat(
            call(
                "get-tasks",
                "{\"where\": {\"resource_id\": \"%s\", \"resource_mutation\": \"startVm\"}}"
                    .formatted(vm.path("id").textValue())))
        .hasSize(1);
  }

  @Test
  void bringsBackHosts() {
    var before = hosts();
    var host =
        call("get-hosts", "{\"where\": {\"status\": \"CONNECTED_HEALTHY\"}, \"first\": 1}").path(0);
    post("/v2/simulator/hosts/" + host.path("id").textValue(), "{\"state\": \"UNREACHABLE\"}");
    await(
        "the host is lost",
        () -> found("get-hosts", host).path("status").textValue().equals("CONNECTED_ERROR"));

    reset();

    assertThat(found("get-hosts", host).path("status").textValue()).isEqualTo("CONNECTED_HEALTHY");
    assertThat(hosts()).isEqualTo(before);
  }

  @Test
  void bringsBackTheRealTime() {
    post(CLOCK, "{\"pass_ms\": 691200000}");
    stop();
    start();
    assertThat(clock().path("ahead_ms").longValue()).as("over a restart").isEqualTo(691_200_000);

    reset();

    assertThat(clock().path("ahead_ms").longValue()).isZero();
    assertThat(Instant.parse(clock().path("now").textValue()))
        .isBetween(Instant.now().minusSeconds(60), Instant.now());
  }

  @Test
  void endsSessionsOfUsersThatAreGoneOnly() throws SQLException {
    execute(
        """
        INSERT INTO tower."user" (id, username, display_username, name, source, internal)
        VALUES ('visitor', 'visitor', 'visitor', 'visitor', 'LOCAL', FALSE)
        """);
    execute(
        """
        INSERT INTO belfry.token (digest, user_id)
        VALUES (encode(sha256('visitors-token'), 'hex'), 'visitor')
        """);
    assertThat(client.post("/v2/api/get-my-info", "{}", "Authorization", "visitors-token"))
        .extracting(HttpResponse::statusCode)
        .isEqualTo(200);

    reset();

    assertThat(client.post("/v2/api/get-my-info", "{}", "Authorization", "visitors-token"))
        .extracting(HttpResponse::statusCode)
        .isEqualTo(401);
    assertThat(call("get-users", "{\"where\": {\"username\": \"root\"}}")).hasSize(1);
    login(PASSWORD);
  }

  @Test
  void saysWhyThereIsNoWayBack() throws SQLException {
    execute("DELETE FROM belfry.setting WHERE key = 'seed_copy'");
    useTheServer();

    var refused = client.post(RESET, "{}", "Authorization", token);

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(json(refused).path("message").textValue()).contains("up to 2,000 VMs");
  }

  @Test
  void isForAdministratorsOnly() {
    assertThat(client.post(RESET, "{}").statusCode()).isEqualTo(401);
  }

  // The words of the tests

  /// Changes, adds and removes rows of several entities, and pairs of rows.
  private void useTheServer() {
    var vm = stoppedVm();
    task("start-vm", vm);
    task("poweroff-vm", vm);
    var other =
        call(
                "get-vms",
                "{\"where\": {\"status\": \"STOPPED\", \"in_recycle_bin\": false}, \"first\": 2}")
            .path(1);
    call("delete-vm", where(other));
    await("the VM is gone", () -> call("get-vms", where(other)).isEmpty());
  }

  private JsonNode reset() {
    return post(RESET, "{}");
  }

  private JsonNode post(String path, String body) {
    var answer = client.post(path, body, "Authorization", token);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer);
  }

  private JsonNode clock() {
    return json(client.send("GET", CLOCK, "Authorization", token));
  }

  private JsonNode hosts() {
    return json(client.send("GET", "/v2/simulator/hosts", "Authorization", token));
  }

  private JsonNode fault() {
    return json(client.send("GET", "/v2/simulator/faults", "Authorization", token)).path(0);
  }

  private JsonNode stoppedVm() {
    return call(
            "get-vms",
            "{\"where\": {\"status\": \"STOPPED\", \"in_recycle_bin\": false}, \"first\": 1}")
        .path(0);
  }

  private JsonNode found(String listing, JsonNode object) {
    return call(listing, where(object)).path(0);
  }

  private static String where(JsonNode object) {
    return "{\"where\": {\"id\": \"%s\"}}".formatted(object.path("id").textValue());
  }

  /// The task of an operation on a VM, when it has ended.
  private JsonNode task(String operation, JsonNode vm) {
    var started = call(operation, where(vm));
    var body =
        "{\"where\": {\"id\": \"%s\"}}".formatted(started.path(0).path("task_id").textValue());
    await("the task ends", () -> !call("get-tasks", body).path(0).path("finished_at").isNull());
    return call("get-tasks", body).path(0);
  }

  private JsonNode call(String operation, String body) {
    return post("/v2/api/" + operation, body);
  }

  private String login(String password) {
    var body =
        "{\"username\": \"root\", \"password\": \"%s\", \"source\": \"LOCAL\"}".formatted(password);
    return json(client.post("/v2/api/login", body)).at("/data/token").textValue();
  }

  /// All rows but measurements, by table.
  private Map<String, String> contents() throws SQLException {
    var contents = new TreeMap<String, String>();
    try (var connection = database.connect();
        var statement = connection.createStatement()) {
      for (var table : tables(connection.createStatement())) {
        var rows =
            statement.executeQuery(
                """
                SELECT string_agg(content, chr(10) ORDER BY content)
                FROM (
                  SELECT (to_jsonb(each) - '{cpu_usage,memory_usage,used_cpu_hz,used_data_space}'::text[])::text
                  FROM tower.%s AS each) AS rows (content)
                """
                    .formatted(table));
        rows.next();
        contents.put(table, String.valueOf(rows.getString(1)));
      }
    }
    return contents;
  }

  private static List<String> tables(Statement statement) throws SQLException {
    var tables = new ArrayList<String>();
    var rows =
        statement.executeQuery(
            "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'tower'");
    while (rows.next()) {
      tables.add(rows.getString(1));
    }
    return tables;
  }

  private void execute(String sql) throws SQLException {
    try (var connection = database.connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// Changes nothing where rows that stay need what would go.
  private static void executeIfAllowed(Statement statement, String sql) {
    try {
      statement.execute(sql);
    } catch (SQLException e) {
      assertThat(e.getSQLState()).as(sql).startsWith("23");
    }
  }

  private static void await(String what, BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      assertThat(Thread.currentThread().isInterrupted()).as(what).isFalse();
      Thread.onSpinWait();
    }
  }
}
