package io.belfry.server;

import static io.belfry.server.http.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.postgres.TestDatabase;
import io.belfry.postgres.TestPostgres;
import io.belfry.server.http.TestClient;
import io.belfry.store.database.DatabaseLocation;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A worker that hangs in a call until others have done its task, and more.
class ReplacedWorkerTest {
  private static final String FAULTS = "/v2/simulator/faults";

  @TempDir Path folder;

  private final TestDatabase database = TestPostgres.freshDatabase();

  @SuppressWarnings("NullAway.Init")
  private Platform platform;

  @SuppressWarnings("NullAway.Init")
  private TestClient client;

  @SuppressWarnings("NullAway.Init")
  private String token;

  @AfterEach
  void stop() {
    client.close();
    platform.close();
    database.close();
  }

  private void start() {
    var location =
        new DatabaseLocation.External(database.jdbcUrl(), database.user(), database.password());
    platform = Platform.start(TestSettings.of(folder, location));
    client = new TestClient(platform.port());
    token =
        json(client.post(
                "/v2/api/login",
                """
                {"username": "root", "password": "%s", "source": "LOCAL"}
                """
                    .formatted(TestSettings.PASSWORD)))
            .at("/data/token")
            .textValue();
  }

  @Test
  void plugsNothingInThatHasBeenTakenOutSince() throws SQLException {
    start();
    var vm = stoppedVm();
    var added = overtaken("attach", "add-vm-nic", addNic(vm));
    ended(added);
    var lastNic = call("get-vm-nics", "{\"where\": {\"vm\": %s}}".formatted(where(vm))).size() - 1;

    ended(call("remove-vm-nic", change(vm, "{\"nic_index\": [%s]}".formatted(lastNic))));
    letGoOn();

    assertThat(devices(vm)).isEqualTo(recordedDevices(vm));
  }

  @Test
  void takesNothingOutThatHasBeenPluggedInSince() throws SQLException {
    start();
    var answer = overtaken("define", "create-vm", newVm());
    ended(answer);
    var vm = answer.path(0).path("data");

    ended(call("add-vm-nic", addNic(vm)));
    letGoOn();

    assertThat(devices(vm)).hasSize(1).isEqualTo(recordedDevices(vm));
  }

  /// Calls an operation whose worker hangs and is replaced.
  private JsonNode overtaken(String driverCall, String operation, String body) throws SQLException {
    client.post(
        FAULTS,
        """
        {"kind": "HANG", "calls": ["%s"], "first": 1}
        """
            .formatted(driverCall),
        "Authorization",
        token);
    var answer = call(operation, body);
    await("the worker hangs", () -> rules().path(0).path("struck").intValue() == 1);
    execute("UPDATE belfry.task_queue SET lease_owner = 'nobody', lease_until = now()");
    return answer;
  }

  private void letGoOn() {
    assertThat(running()).isEqualTo(1);
    client.send("DELETE", FAULTS, "Authorization", token);
    await("the worker has gone on", () -> running() == 0);
  }

  private JsonNode rules() {
    return json(client.get(FAULTS, "Authorization", token));
  }

  private double running() {
    return client
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("belfry_tasks_running "))
        .mapToDouble(line -> Double.parseDouble(line.split(" ")[1]))
        .sum();
  }

  private JsonNode stoppedVm() {
    return call(
            "get-vms",
            """
            {"where": {"status": "STOPPED", "vm_nics_some": {}}, "first": 1}
            """)
        .path(0);
  }

  private static String where(JsonNode vm) {
    return "{\"id\": %s}".formatted(vm.path("id"));
  }

  private static String change(JsonNode vm, String data) {
    return "{\"where\": %s, \"data\": %s}".formatted(where(vm), data);
  }

  private String addNic(JsonNode vm) {
    var vlan =
        call(
                "get-vlans",
                """
                {"where": {"name": "default", "vds": {"cluster": {"vms_some": %s}}}}
                """
                    .formatted(where(vm)))
            .path(0);
    return change(vm, "{\"vm_nics\": [{\"connect_vlan_id\": %s}]}".formatted(vlan.path("id")));
  }

  private String newVm() {
    var cluster = call("get-clusters", "{\"where\": {\"hypervisor\": \"ELF\"}}").path(0);
    return """
    [{"cluster_id": %s, "name": "new", "ha": true, "cpu_cores": 1, "cpu_sockets": 1, "vcpu": 1,
      "memory": 1, "memory_unit": "GB", "status": "STOPPED", "firmware": "BIOS",
      "vm_nics": [], "vm_disks": {}}]
    """
        .formatted(cluster.path("id"));
  }

  private void ended(JsonNode answer) {
    var task =
        """
        {"where": {"id": %s}}
        """
            .formatted(answer.path(0).path("task_id"));
    await(
        "the task succeeds",
        () -> call("get-tasks", task).path(0).path("status").textValue().equals("SUCCESSED"));
  }

  private JsonNode call(String operation, String body) {
    return json(client.post("/v2/api/" + operation, body, "Authorization", token));
  }

  /// What the hypervisor has plugged into a VM.
  private List<String> devices(JsonNode vm) throws SQLException {
    return texts(
        """
        SELECT device ->> 'id'
        FROM tower.vm
          JOIN belfry.simulator_object AS object ON object.id = vm.local_id AND kind = 'VM',
          jsonb_array_elements(object.state #> '{definition,devices}') AS device
        WHERE vm.id = '%s'
        ORDER BY 1
        """
            .formatted(vm.path("id").textValue()));
  }

  private List<String> recordedDevices(JsonNode vm) throws SQLException {
    return texts(
        """
        SELECT id FROM tower.vm_disk WHERE vm_id = '%1$s'
        UNION ALL
        SELECT local_id FROM tower.vm_nic WHERE vm_id = '%1$s'
        ORDER BY 1
        """
            .formatted(vm.path("id").textValue()));
  }

  private List<String> texts(String sql) throws SQLException {
    try (var rows = database.connect();
        var statement = rows.createStatement();
        var found = statement.executeQuery(sql)) {
      var texts = new ArrayList<String>();
      while (found.next()) {
        texts.add(found.getString(1));
      }
      return texts;
    }
  }

  private void execute(String sql) throws SQLException {
    try (var rows = database.connect();
        var statement = rows.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isEqualTo(1);
    }
  }

  private static void await(String what, BooleanSupplier condition) {
    var deadline = Instant.now().plus(Duration.ofSeconds(60));
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as(what).isBefore(deadline);
      Thread.onSpinWait();
    }
  }
}
