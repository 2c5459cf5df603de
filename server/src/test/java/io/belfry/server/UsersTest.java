package io.belfry.server;

import static io.belfry.server.http.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.postgres.TestDatabase;
import io.belfry.postgres.TestPostgres;
import io.belfry.query.layout.Layout;
import io.belfry.schema.Schema;
import io.belfry.server.auth.TestAccounts;
import io.belfry.store.Store;
import io.belfry.store.database.DatabaseLocation;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Users and roles that are made through the API.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UsersTest {
  private static final String PASSWORD = "a-users-password";

  @SuppressWarnings("NullAway.Init")
  private TestDatabase database;

  @SuppressWarnings("NullAway.Init")
  private Platform platform;

  @BeforeAll
  void start(@TempDir Path folder) {
    database = TestPostgres.freshDatabase();
    var store = new Store(database.dataSource(), Layout.of(Schema.bundled()));
    platform =
        Platform.start(
            TestSettings.of(
                folder,
                new DatabaseLocation.External(
                    database.jdbcUrl(), database.user(), database.password())));
    TestAccounts.add(store, "boss", PASSWORD, "ADMIN");
    TestAccounts.add(store, "keeper", PASSWORD, "USER_ADMIN");
  }

  @AfterAll
  void stop() {
    platform.close();
    database.close();
  }

  @Test
  void letsANewUserLogIn() {
    try (var boss = login("boss")) {
      var user = create(boss, "new", role(boss, "READ_ONLY"));

      assertThat(user.path("username").asText()).isEqualTo("new");
      assertThat(user.path("display_username").asText()).isEqualTo("new");
      assertThat(user.path("source").asText()).isEqualTo("LOCAL");
      assertThat(user.path("role").asText()).isEqualTo("READ_ONLY");
      assertThat(user.path("password_updated_at").isTextual()).isTrue();
      try (var user2 = login("new")) {
        assertThat(user2.send("get-vms", "{}").statusCode()).isEqualTo(200);
        assertThat(user2.send("delete-vm", "{\"where\": {}}").statusCode()).isEqualTo(403);
      }
    }
  }

  @Test
  void tellsWhatANewUserLacks() {
    try (var boss = login("boss")) {
      var reader = role(boss, "READ_ONLY");

      assertThat(message(boss, "create-user", user("", reader)))
          .isEqualTo("body[0].username must not be empty");
      assertThat(message(boss, "create-user", user("boss", reader)))
          .isEqualTo("body[0].username: there is a user boss already");
      assertThat(message(boss, "create-user", user("x", "none")))
          .isEqualTo("body[0].role_id: there is no UserRoleNext with the id none");
      assertThat(message(boss, "create-user", user("x", role(boss, "ROOT"))))
          .isEqualTo("body[0].role_id: role Root is that of the user root alone");
      assertThat(
              message(
                  boss,
                  "create-user",
                  "[{\"username\": \"x\", \"name\": \"x\", \"role_id\": \"%s\"}]"
                      .formatted(reader)))
          .isEqualTo("body[0].password is required for a user of source LOCAL");
      assertThat(
              message(
                  boss,
                  "create-user",
                  """
                  [{"username": "x", "name": "x", "role_id": "%s", "source": "LDAP"}]
                  """
                      .formatted(reader)))
          .contains("only users of source LOCAL are built yet");
    }
  }

  @Test
  void changesPasswordAndRole() {
    try (var boss = login("boss")) {
      var id = create(boss, "changing", role(boss, "READ_ONLY")).path("id").asText();
      try (var before = login("changing")) {
        boss.call(
            "update-user",
            """
            {"where": {"id": "%s"},
             "data": {"password": "another", "role_id": "%s", "email_address": "a@example.org"}}
            """
                .formatted(id, role(boss, "VM_USER")));

        assertThat(before.send("get-vms", "{}").statusCode()).isEqualTo(401);
      }
      assertThat(TestUser.tryLogin(platform.port(), "changing", PASSWORD)).isEqualTo(401);
      try (var after = TestUser.login(platform.port(), "changing", "another")) {
        assertThat(after.send("delete-vm", "{\"where\": {\"id\": \"none\"}}").statusCode())
            .isEqualTo(200);
      }
    }
  }

  @Test
  void letsRootAloneChangeItself() {
    try (var boss = login("boss");
        var root = TestUser.login(platform.port(), "root", TestSettings.PASSWORD)) {
      var where = "{\"where\": {\"username\": \"root\"}%s}";

      assertThat(message(boss, "delete-user", where.formatted("")))
          .isEqualTo("User root is changed by itself alone");
      assertThat(message(root, "delete-user", where.formatted("")))
          .isEqualTo("User root is the caller, and nobody removes themselves");
      assertThat(
              message(
                  root, "update-user", where.formatted(", \"data\": {\"username\": \"other\"}")))
          .isEqualTo("body.data.username: that of the user root stays");
      root.call("update-user", where.formatted(", \"data\": {\"name\": \"The root\"}"));
      assertThat(root.call("get-my-info", "{}").path("name").asText()).isEqualTo("The root");
      assertThat(root.send("get-vms", "{}").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void endsTheSessionsOfAUserWhoIsRemoved() {
    try (var boss = login("boss")) {
      var id = create(boss, "leaving", role(boss, "READ_ONLY")).path("id").asText();
      try (var leaving = login("leaving")) {
        boss.call("delete-user", "{\"where\": {\"id\": \"%s\"}}".formatted(id));

        assertThat(leaving.send("get-vms", "{}").statusCode()).isEqualTo(401);
      }
      assertThat(TestUser.tryLogin(platform.port(), "leaving", PASSWORD)).isEqualTo(401);
    }
  }

  /// A manager of users must not become one who may do all.
  @Test
  void givesNoRightsThatOneLacks() {
    try (var boss = login("boss");
        var keeper = login("keeper")) {
      var id = create(boss, "mighty", role(boss, "ADMIN")).path("id").asText();

      assertThat(message(keeper, "create-user", user("x", role(boss, "ADMIN"))))
          .startsWith("Role Administrator has the right *, which keeper hasn't");
      assertThat(
              message(
                  keeper,
                  "update-user",
                  "{\"where\": {\"id\": \"%s\"}, \"data\": {\"password\": \"mine\"}}"
                      .formatted(id)))
          .startsWith("User mighty has the right *, which keeper hasn't");
      assertThat(message(keeper, "create-role", "[{\"name\": \"all\", \"actions\": [\"*\"]}]"))
          .startsWith("Role all has the right *, which keeper hasn't");
      assertThat(create(keeper, "harmless", role(boss, "READ_ONLY")).path("id").isTextual())
          .isTrue();
    }
  }

  @Test
  void makesRolesThatCountAtOnce() {
    try (var boss = login("boss")) {
      var role =
          boss.call(
                  "create-role",
                  "[{\"name\": \"starter\", \"actions\": [\"VM_OPERATION_VM_POWER\"]}]")
              .at("/0/data/id")
              .asText();
      var user = create(boss, "operator", role).path("id").asText();
      try (var operator = login("operator")) {
        assertThat(operator.send("start-vm", "{\"where\": {\"id\": \"none\"}}").statusCode())
            .isEqualTo(200);

        boss.call(
            "update-role",
            "{\"where\": {\"id\": \"%s\"}, \"data\": {\"actions\": [\"DELETE_VM\"]}}"
                .formatted(role));

        assertThat(operator.send("start-vm", "{\"where\": {\"id\": \"none\"}}").statusCode())
            .isEqualTo(403);
      }
      var where = "{\"where\": {\"id\": \"%s\"}}";
      assertThat(message(boss, "delete-role", where.formatted(role)))
          .isEqualTo("Role starter is that of user operator; give the user another first");
      boss.call("delete-user", where.formatted(user));
      assertThat(boss.call("delete-role", where.formatted(role)).at("/0/data/id").asText())
          .isEqualTo(role);
      assertThat(message(boss, "delete-role", where.formatted(role(boss, "READ_ONLY"))))
          .isEqualTo("Role Read-only user is built in, and stays as it is");
    }
  }

  private TestUser login(String username) {
    return TestUser.login(platform.port(), username, PASSWORD);
  }

  private static JsonNode create(TestUser by, String username, String role) {
    return by.call("create-user", user(username, role)).at("/0/data");
  }

  private static String user(String username, String role) {
    return """
    [{"username": "%s", "name": "Somebody", "password": "%s", "role_id": "%s"}]
    """
        .formatted(username, PASSWORD, role);
  }

  private static String role(TestUser by, String preset) {
    return by.call("get-user-role-nexts", "{\"where\": {\"preset\": \"%s\"}}".formatted(preset))
        .at("/0/id")
        .asText();
  }

  private static String message(TestUser by, String operation, String body) {
    var answer = by.send(operation, body);
    assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
    return json(answer).path("message").textValue();
  }
}
