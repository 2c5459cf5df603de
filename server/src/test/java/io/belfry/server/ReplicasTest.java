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
import io.belfry.store.database.DatabaseLocation;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two servers on one database, which start at the same time while it is empty, are one tower.
class ReplicasTest {
  private static final String PASSWORD = "correct-horse-battery";

  @TempDir Path folder;

  private final TestDatabase database = TestPostgres.freshDatabase();

  @SuppressWarnings("NullAway.Init")
  private Replica one;

  @SuppressWarnings("NullAway.Init")
  private Replica other;

  /// A server and somebody who calls it.
  private record Replica(Platform platform, TestClient client) {
    JsonNode call(String token, String operation, String body) {
      var request = body.replace('\'', '"');
      return json(client.post("/v2/api/" + operation, request, "Authorization", token));
    }

    void stop() {
      client.close();
      platform.close();
    }
  }

  @BeforeEach
  void startBoth() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = threads.submit(() -> start("one"));
      var second = threads.submit(() -> start("other"));
      one = first.get();
      other = second.get();
    }
  }

  @AfterEach
  void stopBoth() {
    one.stop();
    other.stop();
    database.close();
  }

  private Replica start(String name) {
    var platform =
        Platform.start(
            new ServerSettings(
                new ServerSettings.Listen(
                    InetAddress.getLoopbackAddress(), 0, Optional.empty(), HttpLimits.DEFAULT),
                folder.resolve(name),
                new DatabaseLocation.External(
                    database.jdbcUrl(), database.user(), database.password()),
                new ServerSettings.Simulation(
                    Optional.of(new SimulationSize(40)), 1, SimulationSpeed.INSTANT),
                ServerSettings.Retention.DEFAULT,
                Optional.of(new Secret(PASSWORD)),
                new ServerSettings.Log(Logging.Format.TEXT, false)));
    return new Replica(platform, new TestClient(platform.port()));
  }

  @Test
  void areOneTower() {
    var token = token(one);

    assertThat(count(one, token, "users", "{}")).isEqualTo(1);
    assertThat(count(other, token, "vms", "{}")).isEqualTo(count(one, token, "vms", "{}"));
    assertThat(count(one, token, "organizations", "{}")).isEqualTo(1);

    var vm = id(call(one, token, "get-vms", "{'where': {'status': 'STOPPED'}, 'first': 1}"));
    done(token, one, "start-vm", where(vm));
    assertThat(status(other, token, vm)).isEqualTo("RUNNING");
    done(token, other, "poweroff-vm", where(vm));
    assertThat(status(one, token, vm)).isEqualTo("STOPPED");
    done(token, one, "start-vm", where(vm));
    done(token, other, "migrate-vm", where(vm));

    var created = id(done(token, one, "create-vm", "[%s]".formatted(blank(token))).path("data"));
    done(token, other, "migrate-vm", where(created));
    done(token, one, "start-vm", where(created));
    done(token, other, "delete-vm", where(created));
    assertThat(call(one, token, "get-vms", where("id", created))).isEmpty();
  }

  @Test
  void endTheTasksOfOneThatStops() {
    var token = token(one);
    var running = call(one, token, "get-vms", "{'where': {'status': 'RUNNING'}}");
    var half = running.size() / 2;
    assertThat(half).isPositive();
    var failedBefore = count(one, token, "tasks", "{'status': 'FAILED'}");
    call(one, token, "poweroff-vm", someOf(running, 0, half));
    call(other, token, "poweroff-vm", someOf(running, half, running.size()));

    one.platform.close();

    assertThat(awaitNone(other, token, "tasks", "{'status_in': ['PENDING', 'EXECUTING']}"))
        .isTrue();
    assertThat(count(other, token, "vms", "{'entityAsyncStatus_not': null}")).isZero();
    assertThat(count(other, token, "vms", "{'status': 'RUNNING'}")).isZero();
    assertThat(count(other, token, "tasks", "{'status': 'FAILED'}")).isEqualTo(failedBefore);
  }

  private static String someOf(JsonNode vms, int from, int to) {
    var ids = new ArrayList<String>();
    for (var i = from; i < to; i++) {
      ids.add("'%s'".formatted(vms.path(i).path("id").textValue()));
    }
    return "{'where': {'id_in': [%s]}}".formatted(String.join(", ", ids));
  }

  private boolean awaitNone(Replica replica, String token, String what, String where) {
    while (count(replica, token, what, where) > 0) {
      Thread.onSpinWait();
    }
    return true;
  }

  /// Calls an operation at a replica, and lets the other tell when its only task has succeeded.
  private JsonNode done(String token, Replica replica, String operation, String body) {
    var answer = call(replica, token, operation, body);
    assertThat(answer).as(operation).hasSize(1);
    var told = replica.equals(one) ? other : one;
    var where = where("id", answer.path(0).path("task_id").textValue());
    while (true) {
      var task = call(told, token, "get-tasks", where).path(0);
      if (!task.path("finished_at").isNull()) {
        assertThat(task.path("error_message").textValue()).as(operation).isNull();
        return answer.path(0);
      }
    }
  }

  private String blank(String token) {
    var cluster = id(call(one, token, "get-clusters", "{'where': {'hypervisor': 'ELF'}}"));
    return """
    {'cluster_id': '%s', 'name': 'new', 'ha': true, 'cpu_cores': 1, 'cpu_sockets': 1, 'vcpu': 1,
     'memory': 1, 'memory_unit': 'GB', 'status': 'STOPPED', 'firmware': 'BIOS',
     'vm_nics': [], 'vm_disks': {}}
    """
        .formatted(cluster);
  }

  private static JsonNode call(Replica replica, String token, String operation, String body) {
    return replica.call(token, operation, body);
  }

  private static long count(Replica replica, String token, String what, String where) {
    return replica
        .call(token, "get-%s-connection".formatted(what), "{'where': %s}".formatted(where))
        .at("/aggregate/count")
        .longValue();
  }

  private static String status(Replica replica, String token, String vm) {
    return replica.call(token, "get-vms", where(vm)).path(0).path("status").textValue();
  }

  private static String where(String vm) {
    return where("id", vm);
  }

  private static String where(String field, String value) {
    return "{'where': {'%s': '%s'}}".formatted(field, value);
  }

  private static String id(JsonNode found) {
    return (found.isArray() ? found.path(0) : found).path("id").textValue();
  }

  private static String token(Replica replica) {
    var body = "{'username': 'root', 'password': '%s', 'source': 'LOCAL'}".formatted(PASSWORD);
    return replica.call("", "login", body).at("/data/token").textValue();
  }
}
