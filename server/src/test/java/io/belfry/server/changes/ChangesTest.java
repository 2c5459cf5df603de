package io.belfry.server.changes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.datacenter.SimulationSize;
import io.belfry.hypervisor.simulator.SimulationSpeed;
import io.belfry.postgres.TestDatabase;
import io.belfry.postgres.TestPostgres;
import io.belfry.server.Platform;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Both ways to read changes, through the front door.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChangesTest {
  private static final String PASSWORD = "correct-horse-battery";
  private static final String CHANGES = "/v2/api/resource-changes";

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
    platform = Platform.start(settings(database, folder));
    client = new TestClient(platform.port());
    token =
        TestClient.json(
                client.post(
                    "/v2/api/login",
                    "{\"username\": \"root\", \"password\": \"%s\"}".formatted(PASSWORD)))
            .at("/data/token")
            .textValue();
  }

  static ServerSettings settings(TestDatabase database, Path folder) {
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

  @AfterAll
  void stop() {
    client.close();
    platform.close();
    database.close();
  }

  @Test
  void tellsWhatChangedAfterARevision() {
    var start = currentRevision();
    publish("told");

    var answer = changes("?resource_type=Task&resource_id=told&start_revision=" + start);

    assertThat(answer.path("ec").textValue()).isEqualTo("EOK");
    assertThat(answer.path("data")).hasSize(1);
    var change = answer.path("data").path(0);
    assertThat(change.path("action").textValue()).isEqualTo("CREATE");
    assertThat(change.path("resource_type").textValue()).isEqualTo("Task");
    assertThat(change.path("resource_id").textValue()).isEqualTo("told");
    assertThat(change.path("old_value").isNull()).isTrue();
    assertThat(change.path("prev_revision").isNull()).isTrue();
    var value = TestClient.json(change.path("new_value").textValue());
    assertThat(value.path("description").textValue()).isEqualTo("Back up");
    assertThat(value.at("/user/id").isTextual()).isTrue();
    assertThat(value.path("local_created_at").textValue()).endsWith("Z");
  }

  @Test
  void speaksTheLanguageOfTheRequest() {
    var start = currentRevision();
    publish("translated");

    var answer =
        TestClient.json(
            client.get(
                CHANGES + "?resource_id=translated&start_revision=" + start,
                "Authorization",
                token,
                "content-language",
                "zh-CN"));

    assertThat(answer.at("/data/0/new_value").textValue()).contains("备份");
  }

  @Test
  void isReadInPages() {
    var start = currentRevision();
    publish("one");
    publish("two");
    publish("three");

    var first = changes("?resource_type=Task&limit=2&start_revision=" + start);
    var last = first.at("/data/1/revision").textValue();
    var second = changes("?resource_type=Task&limit=2&start_revision=" + last);

    assertThat(first.path("data")).hasSize(2);
    assertThat(second.path("data")).hasSize(1);
    assertThat(second.at("/data/0/resource_id").textValue()).isEqualTo("three");
  }

  @Test
  void beginsAtTheNewestWithoutARevision() {
    publish("earlier");

    assertThat(changes("").path("data")).isEmpty();
    assertThat(changes("").path("currentRevision").textValue()).matches("[0-9]+");
  }

  @Test
  void saysWhereAClientThatComesTooLateCanGoOn() {
    var answer = changes("?start_revision=0");

    assertThat(answer.path("ec").textValue()).isEqualTo("COMPACTED");
    assertThat(answer.path("data")).isEmpty();
    assertThat(answer.path("compactRevision").textValue()).isNotEqualTo("0");
    assertThat(answer.at("/error/msg").textValue()).contains("currentRevision");
  }

  @Test
  void takesNameAndPasswordWithEachRequest() {
    assertThat(client.get(CHANGES, "Authorization", basic("root", PASSWORD)).statusCode())
        .isEqualTo(200);
    assertThat(client.get(CHANGES, "Authorization", basic("root", "wrong")).statusCode())
        .isEqualTo(401);
    assertThat(client.get(CHANGES).statusCode()).isEqualTo(401);
  }

  @Test
  void namesWhatIsWrongWithAQuery() {
    assertThat(refusal("?resource_typ=Vm")).contains("resource_typ", "resource_type");
    assertThat(refusal("?resource_type=VM")).contains("VM", "did you mean Vm");
    assertThat(refusal("?limit=100000")).contains("limit", "1000");
    assertThat(refusal("?start_revision=soon")).contains("start_revision", "soon");
    assertThat(refusal("?action=RENAME")).contains("action", "UPDATE");
  }

  private String refusal(String query) {
    var answer = client.get(CHANGES + query, "Authorization", token);
    assertThat(answer.statusCode()).isEqualTo(400);
    return TestClient.json(answer).path("message").textValue();
  }

  @Test
  void sendsEventsWhileTheyHappen() throws Exception {
    try (var events = new EventReader(platform.port(), "?resource_type=Task", token)) {
      publish("live");

      var event = events.next();

      assertThat(event.json().path("resource_id").textValue()).isEqualTo("live");
      assertThat(event.json().at("/new_value/description").textValue()).isEqualTo("Back up");
      assertThat(event.json().path("user_id").isTextual()).isTrue();
      assertThat(event.id()).isEqualTo(event.json().path("revision").textValue());
    }
  }

  @Test
  void resumesWithoutLossAfterTheLastEvent() throws Exception {
    String last;
    try (var events = new EventReader(platform.port(), "?resource_type=Task", token)) {
      publish("before-the-cut");
      last = events.next().id();
    }
    publish("during-the-cut");
    try (var events =
        new EventReader(platform.port(), "?resource_type=Task", token, "Last-Event-ID: " + last)) {
      publish("after-the-cut");

      assertThat(List.of(events.next().resourceId(), events.next().resourceId()))
          .containsExactly("during-the-cut", "after-the-cut");
    }
  }

  @Test
  void tellsWhereItIsBeforeAnythingHappens() throws Exception {
    try (var events = new EventReader(platform.port(), "?resource_id=nothing", token)) {
      assertThat(events.position()).matches("[0-9]+");
    }
  }

  @Test
  void refusesToBeginWhereChangesAreGone() {
    var answer = client.get(ChangeEvents.PATH + "?start_revision=0", "Authorization", token);

    assertThat(answer.statusCode()).isEqualTo(410);
    assertThat(TestClient.json(answer).at("/props/compactRevision").isTextual()).isTrue();
  }

  @Test
  void wantsToKnowWhoListens() {
    assertThat(client.get(ChangeEvents.PATH).statusCode()).isEqualTo(401);
  }

  @Test
  void servesManyListeners() throws Exception {
    var listeners = new ArrayList<EventReader>();
    try {
      for (var i = 0; i < 200; i++) {
        listeners.add(new EventReader(platform.port(), "?resource_id=popular", token));
      }
      publish("popular");

      for (var listener : listeners) {
        assertThat(listener.next().resourceId()).isEqualTo("popular");
      }
    } finally {
      for (var listener : listeners) {
        listener.close();
      }
    }
  }

  @Test
  void endsItsStreamsWhenTheServerStops(@TempDir Path other) throws Exception {
    try (var own = TestPostgres.freshDatabase()) {
      var stopping = Platform.start(settings(own, other));
      try (var second = new TestClient(stopping.port())) {
        var login =
            second.post(
                "/v2/api/login",
                "{\"username\": \"root\", \"password\": \"%s\"}".formatted(PASSWORD));
        var session = TestClient.json(login).at("/data/token").textValue();
        try (var events = new EventReader(stopping.port(), "", session)) {
          events.position();
          stopping.close();

          assertThat(events.readsToTheEnd()).isTrue();
        }
      } finally {
        stopping.close();
      }
    }
  }

  @Test
  void tellsOfAChangeOnceItIsGoneFromTheLog() {
    publish("old");
    var before = currentRevision();
    var log = new RevisionLog(new Store(database.dataSource(), TestTables.LAYOUT));
    publish("newer");
    log.compact(Duration.ZERO, 100_000);

    assertThat(changes("?start_revision=" + before).path("ec").textValue()).isEqualTo("COMPACTED");
    assertThat(changes("?start_revision=" + currentRevision()).path("ec").textValue())
        .isEqualTo("EOK");
  }

  @Test
  void tellsThoseWhoFollowThatTheDataCentreHasBegunAnew() throws Exception {
    var before = currentRevision();
    publish("of-the-last-test");
    try (var events = new EventReader(platform.port(), "?resource_id=nobody", token)) {
      assertThat(client.post("/v2/simulator/reset", "{}", "Authorization", token).statusCode())
          .isEqualTo(200);

      var beginning = events.next().json().path("compactRevision").textValue();

      assertThat(changes("?start_revision=" + before).path("ec").textValue())
          .isEqualTo("COMPACTED");
      var since = changes("?resource_type=Task&start_revision=" + beginning);
      assertThat(since.path("ec").textValue()).isEqualTo("EOK");
      assertThat(since.path("data")).isEmpty();
    }
  }

  private String currentRevision() {
    return changes("").path("currentRevision").textValue();
  }

  private JsonNode changes(String query) {
    return TestClient.json(client.get(CHANGES + query, "Authorization", token));
  }

  private void publish(String id) {
    HttpResponse<String> answer =
        client.post(
            "/v2/api/create-task",
            """
            [{"id": "%s", "user_id": "%s", "resource_type": "Backup", "resource_mutation": "backUp",
              "description": {"en-US": "Back up", "zh-CN": "备份"}}]
            """
                .formatted(id, rootId()),
            "Authorization",
            token);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private String rootId() {
    return TestClient.json(client.post("/v2/api/get-my-info", "", "Authorization", token))
        .path("id")
        .textValue();
  }

  private static String basic(String username, String password) {
    return "Basic "
        + Base64.getEncoder().encodeToString((username + ":" + password).getBytes(UTF_8));
  }
}
