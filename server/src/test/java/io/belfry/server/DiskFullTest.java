package io.belfry.server;

import static io.belfry.server.http.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.postgres.TestDatabase;
import io.belfry.postgres.TestPostgres;
import io.belfry.store.database.DatabaseLocation;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A server whose tables are on a disk that fills up: a small file system in memory, which only an
/// administrator may mount. PostgreSQL's log is elsewhere; where that is full, PostgreSQL stops.
@Timeout(300)
class DiskFullTest {
  private static final int VOLUMES_AT_ONCE = 50;

  @TempDir Path folder;

  @Test
  void answersReadsAndRefusesChangesUntilThereIsSpaceAgain() throws Exception {
    var disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=96m", "tmpfs", disk.toString()),
        "this user may not mount a file system");
    try (var postgres = TestPostgres.freshDatabase()) {
      var database = databaseOn(disk, postgres);
      var location =
          new DatabaseLocation.External(database.jdbcUrl(), database.user(), database.password());
      try (var platform = Platform.start(TestSettings.of(folder, location));
          var root = TestUser.login(platform.port(), "root", TestSettings.PASSWORD)) {
        var cluster = cluster(root);
        var filler = fill(disk);

        var refused = createUntilRefused(root, cluster);

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
        assertThat(refused.headers().firstValue("retry-after")).isPresent();
        assertThat(json(refused).at("/props/code").textValue()).isEqualTo("BF-502");
        assertThat(json(refused).path("message").textValue()).contains("no space left");
        assertThat(root.call("get-vms", "{}")).isNotEmpty();

        Files.delete(filler);

        var created = root.call("create-vm-volume", volumes(cluster));
        assertThat(root.ends(tasks(created))).containsOnly("SUCCESSED");
      } finally {
        drop(database, postgres);
      }
    } finally {
      run("umount", "--lazy", disk.toString());
    }
  }

  private static TestDatabase databaseOn(Path disk, TestDatabase postgres) throws SQLException {
    execute(
        postgres,
        "CREATE TABLESPACE small_disk LOCATION '%s'".formatted(disk),
        "CREATE DATABASE small_disk TEMPLATE template0 TABLESPACE small_disk");
    var url = postgres.jdbcUrl().replace("/" + postgres.name() + "?", "/small_disk?");
    return new TestDatabase("small_disk", url, postgres.user(), postgres.password());
  }

  private static void drop(TestDatabase database, TestDatabase postgres) throws SQLException {
    database.close();
    execute(postgres, "DROP TABLESPACE small_disk");
  }

  private static String cluster(TestUser user) {
    return user.call("get-clusters", "{\"where\": {\"type\": \"SMTX_OS\"}, \"first\": 1}")
        .path(0)
        .path("id")
        .textValue();
  }

  /// A file that takes all that is left.
  private static Path fill(Path disk) throws IOException {
    var file = disk.resolve("filler");
    var block = new byte[4 << 10];
    try (var out = Files.newOutputStream(file)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
    return file;
  }

  /// What is left inside the tables' files goes first.
  private static HttpResponse<String> createUntilRefused(TestUser user, String cluster) {
    while (true) {
      var answer = user.send("create-vm-volume", volumes(cluster));
      if (answer.statusCode() != 200) {
        return answer;
      }
    }
  }

  private static String volumes(String cluster) {
    return IntStream.range(0, VOLUMES_AT_ONCE)
        .mapToObj(number ->
            """
            {"cluster_id": "%s", "name": "volume-%s", "size": 1073741824, "sharing": false,
             "elf_storage_policy": "REPLICA_2_THIN_PROVISION"}
            """
                .formatted(cluster, number))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static List<String> tasks(JsonNode created) {
    return created.findValuesAsText("task_id");
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
  }

  private static void execute(TestDatabase database, String... statements) throws SQLException {
    try (var connection = database.connect();
        var statement = connection.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
