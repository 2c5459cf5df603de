package io.belfry.server;

import static io.belfry.server.http.TestClient.json;
import static java.time.temporal.ChronoUnit.DAYS;
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
import io.belfry.store.database.DatabaseLocation;
import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The simulator's own address, `/v2/simulator`, seen through the front door of two servers.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SimulatorTest {
  private static final String PASSWORD = "correct-horse-battery";
  private static final String CLOCK = "/v2/simulator/clock";
  private static final String FAULTS = "/v2/simulator/faults";
  private static final String HOSTS = "/v2/simulator/hosts";

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  private TestDatabase database;

  @SuppressWarnings("NullAway.Init")
  private Platform platform;

  @SuppressWarnings("NullAway.Init")
  private TestClient client;

  @SuppressWarnings("NullAway.Init")
  private String token;

  @BeforeAll
  void start() {
    database = TestPostgres.freshDatabase();
    platform = Platform.start(settings());
    client = new TestClient(platform.port());
    token = login("root");
  }

  @AfterEach
  void clear() {
    send("DELETE", FAULTS);
  }

  @AfterAll
  void stop() {
    client.close();
    platform.close();
    database.close();
  }

  private ServerSettings settings() {
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

  // Fault rules

  @Test
  void isSilentAsLongAsNothingGoesWrong() {
    assertThat(json(send("GET", FAULTS))).isEmpty();
    assertThat(json(client.get("/healthz")).has("faults")).isFalse();
  }

  @Test
  void makesAnOperationGoWrongUntilTheRuleIsRemoved() {
    var vm = stoppedVm();
    var rule =
        added(
            """
            {"kind": "REFUSE", "fault": "BROKEN", "operations": ["start-vm"], "objects": ["%s"]}
            """
                .formatted(vm.path("id").textValue()));

    assertThat(rule.path("objects").path(0)).isEqualTo(vm.path("local_id"));
    assertThat(json(client.get("/healthz")).path("faults").intValue()).isOne();
    var failed = task("start-vm", vm);
    assertThat(failed.path("status").textValue()).isEqualTo("FAILED");
    assertThat(failed.path("error_message").textValue()).contains("a fault rule says so");
    assertThat(failed.path("resource_rollbacked").booleanValue()).isTrue();
    assertThat(json(send("GET", FAULTS)).path(0).path("struck").intValue()).isOne();

    var removed = send("DELETE", FAULTS + "/" + rule.path("id").textValue());

    assertThat(json(removed).path("removed").intValue()).isOne();
    assertThat(task("start-vm", vm).path("status").textValue()).isEqualTo("SUCCESSED");
    task("poweroff-vm", vm);
  }

  @Test
  void takesTheLocalIdOfAnObjectToo() {
    var vm = stoppedVm();
    added(
        """
        {"kind": "HOST_FULL", "objects": ["%s"], "entities": ["Vm"]}
        """
            .formatted(vm.path("local_id").textValue()));

    assertThat(task("start-vm", vm).path("error_message").textValue())
        .contains("HostAvailableMemoryFilter");
  }

  @Test
  void answersTheRuleThatItUnderstood() {
    var rule =
        added(
            """
            {"kind": "SLOW", "when": "AFTER",
             "delay": {"distribution": "UNIFORM", "min_ms": 10, "max_ms": 20},
             "calls": ["start", "migrate"], "first": 7, "every": 2, "probability": 0.5, "seed": 9}
            """);

    assertThat(rule.path("id").isTextual()).isTrue();
    var expected =
        json(
            """
            {"kind": "SLOW", "when": "AFTER",
             "delay": {"distribution": "UNIFORM", "min_ms": 10, "max_ms": 20},
             "calls": ["migrate", "start"], "first": 7, "every": 2, "probability": 0.5, "seed": 9,
             "matched": 0, "struck": 0}
            """);
    expected
        .properties()
        .forEach(field ->
            assertThat(rule.path(field.getKey())).as(field.getKey()).isEqualTo(field.getValue()));
    assertThat(json(send("GET", FAULTS)).path(0)).isEqualTo(rule);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                    | body.kind is missing
          []                                                    | body must be an object
          {"kind": "BOOM"}                                      | body.kind must be one of REFUSE, FAIL
          {"kind": "REFUSE"}                                    | body.fault is missing
          {"kind": "REFUSE", "fault": "BROKE"}                  | like BROKEN, not "BROKE"
          {"kind": "FAIL", "fault": "BROKEN"}                   | it is for REFUSE
          {"kind": "FAIL", "frist": 1}                          | body has no field frist
          {"kind": "HOST_FULL", "when": "AFTER"}                | BEFORE for the kind HOST_FULL
          {"kind": "SLOW"}                                      | body.delay must be an object such as
          {"kind": "SLOW", "delay": {"distribution": "FIXED"}}  | body.delay.ms is missing
          {"kind": "SLOW", "delay": {"distribution": "FIXED", "ms": 900000}} | body.delay.ms must be a whole number from 1 to 600000
          {"kind": "FAIL", "calls": ["begin"]}                  | body.calls[0] must be
          {"kind": "FAIL", "calls": "start"}                    | body.calls must be a list
          {"kind": "HOST_FULL", "calls": ["createVolume"]}      | body.calls[0] must be
          {"kind": "FAIL", "operations": ["start-vms"]}         | like start-vm
          {"kind": "FAIL", "objects": ["nothing"]}              | body.objects: nothing is the id of nothing here
          {"kind": "FAIL", "hosts": ["nothing"]}                | body.hosts: nothing is the id of nothing here
          {"kind": "FAIL", "first": 0}                          | body.first must be a whole number from 1
          {"kind": "FAIL", "every": 1.5}                        | body.every must be a whole number from 1
          {"kind": "FAIL", "probability": 0}                    | body.probability must be a number above 0, at most 1, not 0
          """)
  void saysWhatIsWrongWithARule(String body, String message) {
    var answer = client.post(FAULTS, body, "Authorization", token);

    assertThat(answer.statusCode()).isIn(400, 404);
    assertThat(json(answer).path("message").textValue()).contains(message);
    assertThat(json(send("GET", FAULTS))).isEmpty();
  }

  // The clock

  @Test
  void letsTimePassForAllThatBearsATime() {
    var clock = json(send("GET", CLOCK));
    var before = instant(clock.path("now"));

    var now = passed("{\"pass_ms\": 86400000}");

    assertThat(instant(now.path("now"))).isBetween(before.plus(1, DAYS), before.plus(2, DAYS));
    var vm = stoppedVm();
    var task = task("start-vm", vm);
    assertThat(instant(task.path("local_created_at"))).isAfter(before.plus(1, DAYS));
    assertThat(instant(task.path("finished_at"))).isAfter(before.plus(1, DAYS));
    task("poweroff-vm", vm);
    passed("{\"pass_ms\": 3600000}");
    assertThat(json(send("GET", CLOCK)).path("ahead_ms").longValue())
        .isEqualTo(clock.path("ahead_ms").longValue() + 90_000_000);
  }

  private JsonNode passed(String body) {
    var answer = client.post(CLOCK, body, "Authorization", token);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer);
  }

  private static Instant instant(JsonNode time) {
    return Instant.parse(time.textValue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                        | body.pass_ms is missing: it must be a whole number from 1
          {"pass_ms": 0}            | body.pass_ms must be a whole number from 1
          {"pass_ms": -86400000}    | body.pass_ms must be a whole number from 1
          {"pass_ms": "1d"}         | body.pass_ms must be a whole number from 1
          {"pass": 1}               | body has no field pass; known are pass_ms
          {"pass_ms": 315360000001} | body.pass_ms must be a whole number from 1 to 315360000000
          """)
  void saysWhyTimeCannotPass(String body, String message) {
    var before = json(send("GET", CLOCK)).path("ahead_ms");

    var answer = client.post(CLOCK, body, "Authorization", token);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).path("message").textValue()).contains(message);
    assertThat(json(send("GET", CLOCK)).path("ahead_ms")).isEqualTo(before);
  }

  @Test
  void isNeverMoreThanTenYearsAhead() {
    passed("{\"pass_ms\": 1}");

    var answer = client.post(CLOCK, "{\"pass_ms\": 315360000000}", "Authorization", token);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).path("message").textValue()).contains("ahead of the real time");
  }

  @Test
  void knowsNoRuleThatIsGone() {
    var answer = send("DELETE", FAULTS + "/gone");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(json(answer).path("message").textValue()).contains("gone", FAULTS);
  }

  @Test
  void tellsOtherServersAndLaterOnes() {
    added("{\"kind\": \"HANG\", \"calls\": [\"snapshot\"], \"first\": 1}");

    try (var second = Platform.start(settings());
        var other = new TestClient(second.port())) {
      assertThat(json(other.get("/healthz")).path("faults").intValue()).isOne();
      send("DELETE", FAULTS);
      await("the other server knows", () -> !json(other.get("/healthz")).has("faults"));
      added("{\"kind\": \"FAIL\", \"calls\": [\"snapshot\"]}");
      await("the other server knows", () -> json(other.get("/healthz")).has("faults"));
    }
  }

  // Hosts

  @Test
  void showsThatAHostIsDownAndUpAgain() {
    var host = connectedHost();
    var path = HOSTS + "/" + host.path("id").textValue();

    var changed = client.post(path, "{\"state\": \"UNREACHABLE\"}", "Authorization", token);

    assertThat(json(changed).path("state").textValue()).isEqualTo("UNREACHABLE");
    await("the host is lost", () -> status(host).equals("CONNECTED_ERROR"));
    client.post(path, "{\"state\": \"CONNECTED\"}", "Authorization", token);
    await("the host is found", () -> status(host).equals("CONNECTED_HEALTHY"));
    assertThat(json(send("GET", HOSTS)))
        .filteredOn(each -> each.path("id").equals(host.path("id")))
        .singleElement()
        .satisfies(each -> assertThat(each.path("state").textValue()).isEqualTo("CONNECTED"));
  }

  @Test
  void putsAHostIntoMaintenance() {
    var host = connectedHost();
    var path = HOSTS + "/" + host.path("local_id").textValue();

    client.post(path, "{\"state\": \"MAINTENANCE\"}", "Authorization", token);

    assertThat(found(host).at("/host_state/state").textValue()).isEqualTo("MAINTENANCE_MODE");
    client.post(path, "{\"state\": \"CONNECTED\"}", "Authorization", token);
    assertThat(found(host).at("/host_state/state").textValue()).isEqualTo("IN_USE");
  }

  @Test
  void saysWhatIsWrongWithAState() {
    var path = HOSTS + "/" + connectedHost().path("id").textValue();

    var wrong = client.post(path, "{\"state\": \"DOWN\"}", "Authorization", token);
    var unknown =
        client.post(HOSTS + "/none", "{\"state\": \"CONNECTED\"}", "Authorization", token);

    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(json(wrong).path("message").textValue())
        .contains("body.state must be one of CONNECTED, MAINTENANCE, UNREACHABLE");
    assertThat(unknown.statusCode()).isEqualTo(404);
  }

  // Who may

  @ParameterizedTest
  @ValueSource(strings = {FAULTS, HOSTS})
  void isForAdministratorsOnly(String path) throws SQLException {
    var visitor = visitor();

    assertThat(client.get(path).statusCode()).isEqualTo(401);
    var refused = client.get(path, "Authorization", visitor);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(json(refused).path("message").textValue()).contains("ROOT or ADMIN", "visitor");
  }

  @Test
  void saysWhichMethodsThereAre() {
    var answer = send("PUT", FAULTS);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).path("message").textValue()).contains("DELETE or GET or POST");
  }

  // The words of the tests

  /// The token of a user without any role.
  private String visitor() throws SQLException {
    try (var connection = database.dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(
          """
          INSERT INTO tower."user" (id, username, display_username, name, source, internal)
          VALUES ('visitor', 'visitor', 'visitor', 'visitor', 'LOCAL', FALSE)
          ON CONFLICT DO NOTHING
          """);
      statement.execute(
          """
          INSERT INTO belfry.token (digest, user_id)
          VALUES (encode(sha256('visitors-token'), 'hex'), 'visitor')
          ON CONFLICT DO NOTHING
          """);
    }
    return "visitors-token";
  }

  private JsonNode added(String rule) {
    var answer = client.post(FAULTS, rule, "Authorization", token);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer);
  }

  private HttpResponse<String> send(String method, String path) {
    return client.send(method, path, "Authorization", token);
  }

  private JsonNode stoppedVm() {
    return call(
            "get-vms",
            "{\"where\": {\"status\": \"STOPPED\", \"in_recycle_bin\": false}, \"first\": 1}")
        .path(0);
  }

  private JsonNode connectedHost() {
    return call("get-hosts", "{\"where\": {\"status\": \"CONNECTED_HEALTHY\"}, \"first\": 1}")
        .path(0);
  }

  private String status(JsonNode host) {
    return found(host).path("status").textValue();
  }

  private JsonNode found(JsonNode host) {
    return call("get-hosts", "{\"where\": {\"id\": \"%s\"}}".formatted(host.path("id").textValue()))
        .path(0);
  }

  /// The task of an operation on a VM, when it has ended.
  private JsonNode task(String operation, JsonNode vm) {
    var where = "{\"where\": {\"id\": \"%s\"}}";
    var started = call(operation, where.formatted(vm.path("id").textValue()));
    var body = where.formatted(started.path(0).path("task_id").textValue());
    await("the task ends", () -> !call("get-tasks", body).path(0).path("finished_at").isNull());
    return call("get-tasks", body).path(0);
  }

  private JsonNode call(String operation, String body) {
    return json(client.post("/v2/api/" + operation, body, "Authorization", token));
  }

  private String login(String username) {
    var body =
        "{\"username\": \"%s\", \"password\": \"%s\", \"source\": \"LOCAL\"}"
            .formatted(username, PASSWORD);
    return json(client.post("/v2/api/login", body)).at("/data/token").textValue();
  }

  private static void await(String what, BooleanSupplier condition) {
    var deadline = Instant.now().plus(Duration.ofSeconds(60));
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as(what).isBefore(deadline);
      Thread.onSpinWait();
    }
  }
}
