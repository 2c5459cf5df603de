package io.belfry.server;

import static io.belfry.server.http.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.server.http.TestClient;
import java.net.http.HttpResponse;
import java.util.List;

/// Somebody who has logged in to a server under test.
final class TestUser implements AutoCloseable {
  private final TestClient client;
  private final String token;

  private TestUser(TestClient client, String token) {
    this.client = client;
    this.token = token;
  }

  static TestUser login(int port, String username, String password) {
    var client = new TestClient(port);
    var answer = login(client, username, password);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new TestUser(client, json(answer).at("/data/token").textValue());
  }

  /// The status of the answer to somebody who may have a wrong password.
  static int tryLogin(int port, String username, String password) {
    try (var client = new TestClient(port)) {
      return login(client, username, password).statusCode();
    }
  }

  private static HttpResponse<String> login(TestClient client, String username, String password) {
    return client.post(
        "/v2/api/login",
        "{\"username\": \"%s\", \"password\": \"%s\"}".formatted(username, password));
  }

  HttpResponse<String> send(String operation, String body) {
    return client.post("/v2/api/" + operation, body, "Authorization", token);
  }

  /// @param key by which the server knows the request again
  HttpResponse<String> send(String operation, String body, String key) {
    return client.post(
        "/v2/api/" + operation, body, "Authorization", token, "Idempotency-Key", key);
  }

  HttpResponse<String> get(String path) {
    return client.get(path);
  }

  /// The answer of a call that must succeed.
  JsonNode call(String operation, String body) {
    var answer = send(operation, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer);
  }

  /// The answer of a call that is repeated for as long as the server asks to come again.
  JsonNode callPatiently(String operation, String body) {
    while (true) {
      var answer = send(operation, body);
      if (answer.statusCode() == 200) {
        return json(answer);
      }
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
      assertThat(answer.headers().firstValue("retry-after")).isPresent();
    }
  }

  /// How tasks ended, once all of them have.
  List<String> ends(List<String> tasks) {
    var body =
        "{\"where\": {\"id_in\": [%s]}}"
            .formatted(String.join(", ", tasks.stream().map(id -> '"' + id + '"').toList()));
    while (true) {
      var found = callPatiently("get-tasks", body);
      assertThat(found).hasSize(tasks.size());
      if (found.findValues("finished_at").stream().noneMatch(JsonNode::isNull)) {
        return found.findValuesAsText("status");
      }
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
