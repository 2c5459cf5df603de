package io.belfry.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.belfry.sdk.model.UserSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LoginTest {
  private static final String TOKEN = "{\"task_id\": null, \"data\": {\"token\": \"token-1\"}}";

  private final TestServer server = TestServer.start();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void usesTheTokenOfTheLogin() {
    server.on("login", TOKEN).on("get-vms", "[]");

    try (var client = ApiClient.connect(server.url(), Credentials.local("root", "secret"))) {
      client.call("get-vms", Json.object());
    }

    assertThat(server.calls().get(0).json())
        .isEqualTo(
            Json.object("username", "root", "password", "secret", "source", UserSource.LOCAL));
    assertThat(server.calls().get(0).header("Authorization")).isNull();
    assertThat(server.lastCall().header("Authorization")).isEqualTo("token-1");
  }

  @Test
  void logsInInTheGuidesWords() {
    server.on("login", TOKEN).on("get-vms", "[]");

    try (var client = ApiClient.of(Configuration.of(server.url()))) {
      Login.login(client, "root", "secret").call("get-vms", Json.object());
    }

    assertThat(server.lastCall().header("Authorization")).isEqualTo("token-1");
  }

  @Test
  void findsTheWayToTheDirectory() {
    server
        .on(
            "/api",
            """
            {"data": {"authnStrategies": [{"id": "s-1", "type": "OIDC"},
                                          {"id": "s-2", "type": "LDAP"}]}}
            """)
        .on("login", TOKEN);

    ApiClient.connect(server.url(), Credentials.ldap("ada", "secret")).close();

    assertThat(server.lastCall().json())
        .isEqualTo(
            Json.object(
                "username",
                "ada",
                "password",
                "secret",
                "source",
                "AUTHN",
                "auth_config_id",
                "s-2"));
  }

  @Test
  void asksAnOlderServerTheOlderWay() {
    server.on("login", TOKEN);

    ApiClient.connect(server.url(), Credentials.ldap("ada", "secret")).close();

    assertThat(server.lastCall().json().get("source")).isEqualTo(Json.of("LDAP"));
    assertThat(server.lastCall().json().has("auth_config_id")).isFalse();
  }

  @Test
  void saysThatThePasswordIsWrong() {
    server.on("login", call -> new TestServer.Answer(401, "{\"message\": \"wrong password\"}"));

    assertThatExceptionOfType(UnauthorizedException.class)
        .isThrownBy(() -> ApiClient.connect(server.url(), Credentials.local("root", "x")))
        .withMessageContaining("wrong password");
  }

  @Test
  void takesATokenThatIsThere() {
    server.on("get-vms", "[]");

    try (var client = ApiClient.connect(server.url(), Credentials.token("key-1"))) {
      client.call("get-vms", Json.object());
    }

    assertThat(server.calls()).hasSize(1);
    assertThat(server.lastCall().header("Authorization")).isEqualTo("key-1");
  }
}
