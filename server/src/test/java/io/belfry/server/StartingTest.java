package io.belfry.server;

import static io.belfry.server.http.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.problem.ProblemException;
import io.belfry.server.config.ServerSettings;
import io.belfry.server.config.ServerSettings.Listen;
import io.belfry.server.http.HttpLimits;
import io.belfry.server.http.TestClient;
import io.belfry.store.database.DatabaseLocation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A server whose database takes its connection, and then says nothing.
@Timeout(60)
class StartingTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  @TempDir Path folder;

  @Test
  void saysThatItIsStarting() throws Exception {
    try (var thread = Executors.newSingleThreadExecutor()) {
      var port = freePort();
      Future<Platform> started;
      try (var database = new ServerSocket(0, 1, HERE);
          var client = new TestClient(port)) {
        var settings = settings(port, database.getLocalPort());
        started = thread.submit(() -> Platform.start(settings));
        try (var connection = database.accept()) {
          while (!listens(port)) {
            assertThat(connection.isConnected()).isTrue();
          }
          assertAnswersOf(client);
        }
      }

      assertThatThrownBy(started::get)
          .hasCauseInstanceOf(ProblemException.class)
          .hasMessageContaining("no connection to the database");
      assertThat(listens(port)).isFalse();
    }
  }

  private static void assertAnswersOf(TestClient client) {
    var alive = client.get("/healthz");
    assertThat(alive.statusCode()).isEqualTo(200);
    assertThat(json(alive).path("status").textValue()).isEqualTo("alive");

    var ready = client.get("/readyz");
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(json(ready).at("/parts/start").textValue()).isEqualTo("not ready");

    var login = client.post("/v2/api/login", "{}");
    assertThat(login.statusCode()).isEqualTo(503);
    assertThat(login.headers().firstValue("retry-after")).hasValue("1");
    assertThat(json(login).path("message").textValue()).startsWith("The server is starting.");
  }

  /// As if it had to wait for balancers to learn that it ends, which a server that never served
  /// does not.
  private ServerSettings settings(int port, int databasePort) {
    var url = "jdbc:postgresql://127.0.0.1:%s/none?sslmode=disable".formatted(databasePort);
    var usual = TestSettings.of(folder, new DatabaseLocation.External(url, "nobody", "none"));
    var limits = HttpLimits.DEFAULT.withLeaveTime(Duration.ofHours(1));
    return new ServerSettings(
        new Listen(HERE, port, Optional.empty(), limits),
        usual.folder(),
        usual.database(),
        usual.simulation(),
        usual.retention(),
        usual.rootPassword(),
        usual.log());
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, HERE)) {
      return socket.getLocalPort();
    }
  }

  private static boolean listens(int port) {
    try (var _ = new Socket(HERE, port)) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
