package io.belfry.server;

import static io.belfry.server.http.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.postgres.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `belfry up` as a process.
@Timeout(300)
class UpTest {
  private static final List<String> LITTLE_MEMORY = List.of("-Xmx256m");

  @TempDir Path folder;

  @Test
  void leavesNothingBehindWhereThatIsAskedFor() throws Exception {
    var temporary = Files.createDirectory(folder.resolve("temporary"));
    var javaOptions = List.of("-Xmx256m", "-Djava.io.tmpdir=" + temporary);
    var options = List.of("--ephemeral", "--simulate", "5-vms");
    try (var server = ServerProcess.start(folder, javaOptions, options);
        var root = TestUser.login(server.port(), "root", ServerProcess.PASSWORD)) {
      assertThat(root.call("get-vms", "{}")).hasSize(5);
      assertThat(temporary).isDirectoryRecursivelyContaining("glob:**/postgres/PG_VERSION");
      var processes = server.handle().descendants().toList();
      assertThat(processes).isNotEmpty();

      assertThat(server.stop()).isZero();

      assertThat(temporary).isEmptyDirectory();
      assertThat(processes).noneMatch(ProcessHandle::isAlive);
    }
  }

  @Test
  void logsJsonWhereThatIsAskedFor() throws Exception {
    try (var database = TestPostgres.freshDatabase()) {
      var url =
          database.jdbcUrl() + "&user=" + database.user() + "&password=" + database.password();
      var options = List.of("--log-format", "json", "--simulate", "1-vms", "--database", url);
      try (var server = ServerProcess.start(folder, LITTLE_MEMORY, options);
          var root = TestUser.login(server.port(), "root", ServerProcess.PASSWORD)) {
        var id =
            root.send("get-vms", "{}").headers().firstValue("x-tower-request-id").orElseThrow();
        server.stop();

        var lines = server.log().lines().map(UpTest::object).toList();

        assertThat(lines)
            .filteredOn(line -> line.path("loggerName").asText().equals("io.belfry.request"))
            .map(line -> line.path("kvpList"))
            .anySatisfy(pairs -> {
              assertThat(pairs.findValuesAsText("request")).containsExactly(id);
              assertThat(pairs.findValuesAsText("operation")).containsExactly("get-vms");
              assertThat(pairs.findValuesAsText("status")).containsExactly("200");
              assertThat(pairs.findValuesAsText("user")).containsExactly("root");
            });
      }
    }
  }

  private static JsonNode object(String line) {
    var object = json(line);
    assertThat(object.isObject()).as(line).isTrue();
    assertThat(object.path("level").isTextual()).as(line).isTrue();
    return object;
  }
}
