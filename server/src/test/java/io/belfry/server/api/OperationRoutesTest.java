package io.belfry.server.api;

import static io.belfry.server.http.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.belfry.operations.Caller;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.schema.Operation;
import io.belfry.schema.Schema;
import io.belfry.server.http.Answer;
import io.belfry.server.http.HttpServer;
import io.belfry.server.http.HttpSettings;
import io.belfry.server.http.Request;
import io.belfry.server.http.RequestListener;
import io.belfry.server.http.Routes;
import io.belfry.server.http.TestClient;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperationRoutesTest {
  private static final Schema SCHEMA = Schema.bundled();
  private static final String TOKEN = "authorization";

  @SuppressWarnings("NullAway.Init")
  private HttpServer server;

  @SuppressWarnings("NullAway.Init")
  private TestClient client;

  @BeforeAll
  void start() {
    var routes =
        new OperationRoutes(
            SCHEMA,
            OperationRoutesTest::caller,
            OperationRoutesTest::require,
            Map.of("get-vms", OperationRoutesTest::echo, "login", OperationRoutesTest::echo));
    server =
        HttpServer.start(
            HttpSettings.anyPort(),
            new Routes(Map.of(), Map.of(OperationRoutes.BASE, routes, "/v2/api", routes)),
            new Deaf(),
            () -> "request");
    client = new TestClient(server.port());
  }

  @AfterAll
  void stop() {
    client.close();
    server.close();
  }

  private static Caller caller(Request request) {
    return request
        .header(TOKEN)
        .map(token -> new Caller("c1", token))
        .orElseThrow(() -> new Problem(ProblemCode.UNAUTHENTICATED, "log in first").asException());
  }

  private static void require(Caller caller, Operation operation) {
    if (caller.username().equals("guest")) {
      throw new Problem(ProblemCode.FORBIDDEN, "not " + operation.path()).asException();
    }
  }

  private static Answer echo(Call call) {
    var answer = JsonNodeFactory.instance.objectNode();
    answer.put("operation", call.operation().path());
    answer.put("caller", call.caller().map(Caller::username).orElse("nobody"));
    answer.put("language", call.language().tag());
    answer.set("body", call.body().isMissingNode() ? null : call.body());
    return Answer.json(answer);
  }

  @Test
  void callsAnOperation() {
    var answer = client.post("/v2/api/get-vms", "{\"first\": 1}", TOKEN, "root");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer))
        .isEqualTo(
            json(
                """
                {"operation": "get-vms", "caller": "root", "language": "en-US", "body": {"first": 1}}
                """));
  }

  @Test
  void refusesACallerWhoMayNot() {
    var answer = client.post("/v2/api/get-vms", "{}", TOKEN, "guest");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(json(answer).at("/props/code").textValue()).isEqualTo("BF-302");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v2/api//get-vms", "//v2/api/get-vms", "/v2//api///get-vms"})
  void toleratesDoubledSlashes(String path) {
    assertThat(client.post(path, "{}", TOKEN, "root").statusCode()).isEqualTo(200);
  }

  @Test
  void toleratesAMissingBody() {
    var answer = client.post("/v2/api/get-vms", "", TOKEN, "root");

    assertThat(json(answer).path("body").isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/json; charset=utf-8",
        "application/json;charset=\"UTF-8\"",
        "application/x-www-form-urlencoded"
      })
  void readsJsonUnderAnyName(String contentType) {
    var answer = client.post("/v2/api/get-vms", "{}", TOKEN, "root", "content-type", contentType);

    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json; charset=gbk", "multipart/form-data; boundary=x"})
  void refusesWhatIsNoJsonInUtf8(String contentType) {
    var answer = client.post("/v2/api/get-vms", "{}", TOKEN, "root", "content-type", contentType);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("BF-101", "JSON");
  }

  @Test
  void saysWhereJsonBreaks() {
    var answer = client.post("/v2/api/get-vms", "{\"first\":\n  x}", TOKEN, "root");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).path("message").textValue()).contains("line 2, column 3");
  }

  @Test
  void refusesJsonThatGoesOnAfterItsEnd() {
    assertThat(client.post("/v2/api/get-vms", "{} {}", TOKEN, "root").statusCode()).isEqualTo(400);
  }

  @Test
  void refusesJsonThatNestsTooDeep() {
    var answer = client.post("/v2/api/get-vms", "[".repeat(200), TOKEN, "root");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("nesting depth");
  }

  @ParameterizedTest
  @CsvSource({
    "content-language, zh-CN, zh-CN",
    "content-language, en-us, en-US",
    "content-language, *,     *",
    "content_language, zh-CN, zh-CN",
  })
  void readsTheLanguage(String header, String value, String tag) {
    var answer = client.post("/v2/api/get-vms", "{}", TOKEN, "root", header, value);

    assertThat(json(answer).path("language").textValue()).isEqualTo(tag);
  }

  @Test
  void refusesAnUnknownLanguage() {
    var answer = client.post("/v2/api/get-vms", "{}", TOKEN, "root", "content-language", "fr-FR");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).path("message").textValue()).contains("fr-FR", "en-US, zh-CN, *");
  }

  @Test
  void namesTheMethodThatAnOperationWants() {
    var answer = client.get("/v2/api/get-vms");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).path("message").textValue())
        .isEqualTo("get-vms is called with POST, not with GET");
    assertThat(json(answer).path("operationName").textValue()).isEqualTo("GetVms");
  }

  @Test
  void saysThatAnOperationIsNotBuilt() {
    var answer = client.post("/v2/api/delete-vm", "{}");

    assertThat(answer.statusCode()).isEqualTo(501);
    assertThat(json(answer).path("message").textValue()).contains("delete-vm");
    assertThat(json(answer).path("path").textValue()).isEqualTo("/delete-vm");
  }

  @Test
  void saysThatTheChangeFeedIsNotBuilt() {
    assertThat(client.get("/v2/api/resource-changes").statusCode()).isEqualTo(501);
  }

  @Test
  void namesTheNearestOperations() {
    var answer = client.post("/v2/api/get-vmz", "{}");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(json(answer).path("message").textValue()).contains("did you mean get-vms");
    assertThat(json(answer).at("/props/nearest/0").textValue()).isEqualTo("get-vms");
  }

  @Test
  void asksForAToken() {
    assertThat(client.post("/v2/api/get-vms", "{}").statusCode()).isEqualTo(401);
  }

  @Test
  void asksForNoTokenWhereNoneIsNeeded() {
    assertThat(json(client.post("/v2/api/login", "{}")).path("caller").textValue())
        .isEqualTo("nobody");
  }

  @Test
  void hasARouteForEveryOperationOfTheSchema() {
    for (var operation : SCHEMA.operations().values()) {
      var answer = client.send(operation.http().method(), "/v2/api/" + operation.path());
      assertThat(answer.statusCode()).as(operation.path()).isIn(200, 401, 501);
    }
  }

  @Test
  void saysWhereTheApiIs() {
    var answer = client.get("/nowhere");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(json(answer).path("message").textValue()).contains("/v2/api");
  }

  private static final class Deaf implements RequestListener {
    @Override
    public void began() {}

    @Override
    public void ended(Outcome outcome) {}
  }
}
