package io.belfry.server;

import static io.belfry.server.http.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.postgres.StoppablePostgres;
import io.belfry.store.database.DatabaseLocation;
import io.belfry.store.job.CapturedLog;
import io.belfry.store.job.RecurringJob;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A server whose database is somebody else's, and goes away.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class DatabaseOutageTest {
  private static final int WRITERS = 4;
  private static final int ENOUGH = 40;

  private final CapturedLog log = CapturedLog.of(RecurringJob.class);

  @SuppressWarnings("NullAway.Init")
  private StoppablePostgres postgres;

  @SuppressWarnings("NullAway.Init")
  private Platform platform;

  @SuppressWarnings("NullAway.Init")
  private TestUser root;

  @BeforeAll
  void start(@TempDir Path folder, @TempDir Path databaseFolder) {
    postgres = StoppablePostgres.start(databaseFolder);
    var database = new DatabaseLocation.External(postgres.jdbcUrl(), null, null);
    platform = Platform.start(TestSettings.of(folder, database));
    root = TestUser.login(platform.port(), "root", TestSettings.PASSWORD);
  }

  @AfterAll
  void stop() {
    root.close();
    platform.close();
    postgres.close();
    log.close();
  }

  @Test
  void asksClientsToComeAgainAndGoesOnWhenItIsBack() throws Exception {
    var tasks =
        root.call("start-vm", "{\"where\": {\"status\": \"STOPPED\", \"in_recycle_bin\": false}}")
            .findValuesAsText("task_id");

    postgres.stop();

    for (var call : List.of("get-vms", "get-vms-connection", "start-vm")) {
      assertAway(root.send(call, "{\"where\": {\"status\": \"STOPPED\"}}"));
    }
    assertAway(root.send("login", "{\"username\": \"root\", \"password\": \"wrong\"}"));
    var ready = root.get("/readyz");
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(json(ready).at("/parts/database").textValue()).isEqualTo("not ready");
    assertThat(root.get("/healthz").statusCode()).isEqualTo(200);

    while (log.lines().stream().noneMatch(line -> line.startsWith("WARN observing usage: waits"))) {
      assertThat(root.get("/healthz").statusCode()).isEqualTo(200);
    }

    postgres.startAgain();

    assertThat(root.callPatiently("get-vms", "{}")).isNotEmpty();
    assertThat(root.ends(tasks)).isNotEmpty().containsOnly("SUCCESSED");
    var again = root.get("/readyz");
    while (again.statusCode() != 200) {
      again = root.get("/readyz");
    }
    assertThat(log.lines()).noneMatch(line -> line.contains("stack trace"));
  }

  private static void assertAway(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
    assertThat(answer.headers().firstValue("retry-after")).contains("1");
    assertThat(json(answer).path("message").textValue()).contains("database can't be reached");
  }

  @Test
  void losesNothingThatItAcknowledged() throws Exception {
    var cluster =
        root.callPatiently("get-clusters", "{\"where\": {\"type\": \"SMTX_OS\"}, \"first\": 1}")
            .path(0)
            .path("id")
            .textValue();
    var acknowledged = ConcurrentHashMap.<String>newKeySet();
    var tasks = ConcurrentHashMap.<String>newKeySet();
    var acknowledgements = new Semaphore(0);
    var enough = new AtomicBoolean();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var writers = new ArrayList<Future<?>>();
      for (var writer = 0; writer < WRITERS; writer++) {
        var name = "writer-" + writer;
        writers.add(
            threads.submit(() -> {
              try {
                for (var i = 0; !enough.get(); i++) {
                  var created = create(cluster, name + "-" + i);
                  tasks.add(created.path("task_id").textValue());
                  acknowledged.add(created.at("/data/id").textValue());
                  acknowledgements.release();
                }
              } finally {
                // Nobody waits for a writer that has failed.
                acknowledgements.release(2 * ENOUGH);
              }
            }));
      }
      try {
        acknowledgements.acquire(ENOUGH);
        postgres.kill();
        acknowledgements.drainPermits();
        postgres.startAgain();
        acknowledgements.acquire(ENOUGH);
      } finally {
        enough.set(true);
      }
      for (var writer : writers) {
        writer.get();
      }
    }

    var kept = root.call("get-vm-volumes", "{}").findValuesAsText("id");
    assertThat(kept).containsAll(acknowledged);
    assertThat(root.ends(List.copyOf(tasks))).containsOnly("SUCCESSED");
  }

  /// A volume that the server says it creates. Where it says that it may have, or hasn't, another
  /// name makes sure that it is a new one.
  private JsonNode create(String cluster, String name) {
    for (var attempt = 0; ; attempt++) {
      var body =
          """
          [{"cluster_id": "%s", "name": "%s", "size": 1073741824, "sharing": false,
            "elf_storage_policy": "REPLICA_2_THIN_PROVISION"}]
          """
              .formatted(cluster, name + "-" + attempt);
      var answer = root.send("create-vm-volume", body);
      if (answer.statusCode() == 200) {
        return json(answer).path(0);
      }
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
      // Asking again is for what surely hasn't happened.
      assertThat(answer.headers().firstValue("retry-after").isPresent())
          .as(answer.body())
          .isNotEqualTo(json(answer).at("/props/code").textValue().equals("BF-505"));
    }
  }
}
