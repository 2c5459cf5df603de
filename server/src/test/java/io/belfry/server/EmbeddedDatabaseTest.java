package io.belfry.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.postgres.PostgresSettings;
import io.belfry.postgres.TestPostgres;
import io.belfry.store.database.DatabaseLocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A server whose database is its own.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class EmbeddedDatabaseTest {
  private static final PostgresSettings SMALL =
      new PostgresSettings(32, 4, 128, 60, Duration.ofSeconds(60), Duration.ofSeconds(30));

  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @SuppressWarnings("NullAway.Init")
  private Platform platform;

  @SuppressWarnings("NullAway.Init")
  private TestUser root;

  @BeforeAll
  void start(@TempDir Path dataFolder) throws IOException {
    folder = dataFolder;
    TestPostgres.bringProgramsTo(folder);
    startPlatform();
  }

  private void startPlatform() {
    platform =
        Platform.start(TestSettings.of(folder, new DatabaseLocation.Embedded(folder, SMALL)));
    root = TestUser.login(platform.port(), "root", TestSettings.PASSWORD);
  }

  @AfterAll
  void stop() {
    root.close();
    platform.close();
  }

  @Test
  void goesOnWhenItsDatabaseIsKilled() {
    var tasks = migrateAll();
    var killed = postmaster();

    killed.destroyForcibly();

    awaitAnotherThan(killed);
    assertThat(root.ends(tasks)).containsOnly("SUCCESSED");
    awaitReady();
  }

  @Test
  void goesOnWhenItsDatabaseRestartsAllItsProcesses() {
    var tasks = migrateAll();
    var postmaster = postmaster();
    var backend = postmaster.children().filter(EmbeddedDatabaseTest::isBackend).findAny();

    backend.orElseThrow().destroyForcibly();

    assertThat(root.ends(tasks)).containsOnly("SUCCESSED");
    assertThat(postmaster().pid()).isEqualTo(postmaster.pid());
    awaitReady();
  }

  @Test
  void keepsEverythingForTheNextStart() {
    var vms = root.call("get-vms", "{}").findValuesAsText("id");
    stop();

    startPlatform();

    assertThat(root.call("get-vms", "{}").findValuesAsText("id")).isEqualTo(vms).isNotEmpty();
    assertThat(platform.createdRoot()).isEmpty();
  }

  @Test
  void goesOnAtOnceWithTheTasksOfADeadProcess() throws Exception {
    var cluster =
        root.call("get-clusters", "{\"where\": {\"hypervisor\": \"ELF\"}, \"first\": 1}")
            .at("/0/id")
            .textValue();
    var created =
        root.call(
                "create-vm-volume",
                """
                [{"cluster_id": "%s", "name": "inherited", "size": 1073741824, "sharing": false,
                  "elf_storage_policy": "REPLICA_2_THIN_PROVISION"}]
                """
                    .formatted(cluster))
            .path(0);
    var task = created.path("task_id").textValue();
    root.ends(List.of(task));
    inDatabase(
        """
        INSERT INTO belfry.task_queue (task_id, operation, payload, attempt, lease_owner, lease_until)
        SELECT '%s', 'create-vm-volume',
          jsonb_build_object('volume', id, 'volume_device', local_id),
          1, 'a dead process', now() + INTERVAL '1 day'
        FROM tower.vm_volume
        WHERE id = '%s'
        """
            .formatted(task, created.at("/data/id").textValue()));
    inDatabase(
        "UPDATE tower.task SET status = 'EXECUTING', finished_at = NULL WHERE id = '%s'"
            .formatted(task));
    stop();

    startPlatform();

    assertThat(root.ends(List.of(task))).containsOnly("SUCCESSED");
  }

  private void inDatabase(String sql) throws SQLException, IOException {
    var port = lines(folder.resolve("postgres/postmaster.pid")).get(3).strip();
    var password = Files.readString(folder.resolve("postgres.secret")).strip();
    var url = "jdbc:postgresql://127.0.0.1:%s/postgres".formatted(port);
    try (var connection = DriverManager.getConnection(url, "belfry", password);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// Queues a task for each VM that may migrate.
  private List<String> migrateAll() {
    var migrating =
        root.callPatiently(
            "migrate-vm",
            "{\"where\": {\"status\": \"STOPPED\", \"in_recycle_bin\": false,"
                + " \"entityAsyncStatus\": null}}");
    var tasks = migrating.findValuesAsText("task_id");
    assertThat(tasks).isNotEmpty();
    return tasks;
  }

  private ProcessHandle postmaster() {
    var file = folder.resolve("postgres/postmaster.pid");
    return ProcessHandle.of(Long.parseLong(lines(file).getFirst().strip())).orElseThrow();
  }

  private void awaitReady() {
    while (root.get("/readyz").statusCode() != 200) {
      Thread.onSpinWait();
    }
  }

  /// While one takes the place of another, there may be no file, or nothing in it.
  private void awaitAnotherThan(ProcessHandle killed) {
    var file = folder.resolve("postgres/postmaster.pid");
    var pid = Long.toString(killed.pid());
    while (linesOrNone(file).stream().findFirst().orElse(pid).equals(pid)) {
      Thread.onSpinWait();
    }
  }

  private static List<String> linesOrNone(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException _) {
      return List.of();
    }
  }

  private static boolean isBackend(ProcessHandle process) {
    var words = lines(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
    return words.getFirst().startsWith("postgres: belfry: belfry postgres ");
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
