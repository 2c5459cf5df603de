package io.belfry.server;

import static io.belfry.server.http.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.belfry.datacenter.SimulatedDatacenter;
import io.belfry.datacenter.SimulationSize;
import io.belfry.postgres.TestDatabase;
import io.belfry.postgres.TestPostgres;
import io.belfry.query.layout.Layout;
import io.belfry.schema.Schema;
import io.belfry.server.http.TestClient;
import io.belfry.store.Store;
import io.belfry.store.database.Database;
import io.belfry.store.database.DatabaseLocation;
import io.belfry.store.database.PoolSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Answers that are larger than the memory of the server that gives them.
@Timeout(300)
class LargeAnswerTest {
  private static final int VMS = 2_000;
  private static final int DESCRIPTION_LENGTH = 36_000;

  /// An answer has more than 70 MB, so this is too little for the first of them already.
  private static final String HEAP = "-Xmx64m";

  private static final int ANSWERS = 2;

  @TempDir Path folder;

  @Test
  void reachSeveralSlowReadersAtOnce() throws Exception {
    try (var database = TestPostgres.freshDatabase()) {
      fill(database);
      try (var server = ServerProcess.start(folder, List.of(HEAP), options(database));
          var client = HttpClient.newHttpClient()) {
        var token = token(server);
        var answers = new ArrayList<Elements>();
        for (var i = 0; i < ANSWERS; i++) {
          answers.add(new Elements(vms(client, server, token)));
        }

        // each waits for the others, so that none is read faster than half of the server's pace
        var left = true;
        while (left) {
          left = false;
          for (var answer : answers) {
            left |= answer.next();
          }
        }

        assertThat(answers).allMatch(answer -> answer.count == VMS);
        assertThat(answers).allMatch(answer -> answer.bytes() > VMS * DESCRIPTION_LENGTH);
        assertThat(server.handle().isAlive()).isTrue();
      }
    }
  }

  private static void fill(TestDatabase database) {
    var layout = Layout.of(Schema.bundled());
    var location =
        new DatabaseLocation.External(database.jdbcUrl(), database.user(), database.password());
    try (var opened = Database.open(location, PoolSettings.DEFAULT, () -> layout, _ -> {})) {
      var store = new Store(opened.dataSource(), layout);
      SimulatedDatacenter.load(store, new SimulationSize(VMS), 1, Clock.systemUTC());
      store.change(transaction ->
          transaction.execute(
              "UPDATE tower.vm SET description = repeat('x', ?)", List.of(DESCRIPTION_LENGTH)));
    }
  }

  private List<String> options(TestDatabase database) {
    return List.of(
        "--database",
        database.jdbcUrl() + "&user=" + database.user() + "&password=" + database.password(),
        "--simulate",
        "none");
  }

  private static String token(ServerProcess server) {
    try (var client = new TestClient(server.port())) {
      var login =
          "{\"username\": \"root\", \"password\": \"%s\"}".formatted(ServerProcess.PASSWORD);
      return json(client.post("/v2/api/login", login)).at("/data/token").textValue();
    }
  }

  private static InputStream vms(HttpClient client, ServerProcess server, String token)
      throws IOException, InterruptedException {
    var uri = URI.create("http://127.0.0.1:" + server.port() + "/v2/api/get-vms");
    var request =
        HttpRequest.newBuilder(uri)
            .header("authorization", token)
            .POST(BodyPublishers.ofString("{}"))
            .build();
    return client.send(request, BodyHandlers.ofInputStream()).body();
  }

  /// The elements of an array that arrives.
  private static final class Elements {
    private final JsonParser json;
    private int count;

    Elements(InputStream answer) throws IOException {
      json = new JsonFactory().createParser(answer);
      assertThat(json.nextToken()).isEqualTo(JsonToken.START_ARRAY);
    }

    /// Reads one more, if there is one.
    boolean next() throws IOException {
      if (json.isClosed() || json.nextToken() != JsonToken.START_OBJECT) {
        json.close();
        return false;
      }
      json.skipChildren();
      count++;
      return true;
    }

    long bytes() {
      return json.currentLocation().getByteOffset();
    }
  }
}
