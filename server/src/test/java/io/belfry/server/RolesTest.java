package io.belfry.server;

import static io.belfry.server.http.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.postgres.TestDatabase;
import io.belfry.postgres.TestPostgres;
import io.belfry.query.layout.Layout;
import io.belfry.schema.Rights;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What users may do, by their roles.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RolesTest {
  private static final Schema SCHEMA = Schema.bundled();
  private static final String PASSWORD = "a-users-password";
  private static final String NO_VM = "{\"where\": {\"id\": \"none\"}}";

  @SuppressWarnings("NullAway.Init")
  private TestDatabase database;

  @SuppressWarnings("NullAway.Init")
  private Store store;

  @SuppressWarnings("NullAway.Init")
  private Platform platform;

  @BeforeAll
  void start(@TempDir Path folder) {
    database = TestPostgres.freshDatabase();
    store = new Store(database.dataSource(), Layout.of(SCHEMA));
    platform =
        Platform.start(
            TestSettings.of(
                folder,
                new DatabaseLocation.External(
                    database.jdbcUrl(), database.user(), database.password())));
    TestAccounts.add(store, "reader", PASSWORD, "READ_ONLY");
    TestAccounts.add(store, "vm-user", PASSWORD, "VM_USER");
    TestAccounts.add(store, "admin", PASSWORD, "ADMIN");
  }

  @AfterAll
  void stop() {
    platform.close();
    database.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"get-vms", "get-vms-connection", "get-my-info", "get-clusters"})
  void letsEverybodyReadWhoIsLoggedIn(String operation) {
    try (var reader = login("reader")) {
      assertThat(reader.send(operation, "{}").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void letsAReaderChangeNothing() {
    var rights = Rights.bundled();
    try (var reader = login("reader")) {
      for (var operation : SCHEMA.operations().values()) {
        if (rights.needed(operation).isPresent()) {
          assertThat(reader.send(operation.path(), "{}").statusCode())
              .as(operation.path())
              .isIn(403, 501);
        }
      }
    }
  }

  @Test
  void namesTheRightThatIsMissing() {
    try (var reader = login("reader")) {
      var answer = reader.send("start-vm", NO_VM);

      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(json(answer).path("message").textValue())
          .contains("start-vm", "VM_OPERATION_VM_POWER", "reader");
      assertThat(json(answer).at("/props/right").textValue()).isEqualTo("VM_OPERATION_VM_POWER");
    }
  }

  @Test
  void letsARoleDoWhatItNames() {
    try (var user = login("vm-user")) {
      assertThat(user.call("start-vm", NO_VM)).isEmpty();
      assertThat(user.call("delete-vm", NO_VM)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"start-vm", "delete-vm", "update-vm-nic"})
  void letsAnAdministratorDoAll(String operation) {
    try (var admin = login("admin")) {
      assertThat(admin.send(operation, NO_VM).statusCode()).isNotEqualTo(403);
    }
  }

  @Test
  void asksForARightThatWasTakenAway() {
    TestAccounts.add(store, "former", PASSWORD, "VM_USER");
    try (var former = login("former")) {
      assertThat(former.call("start-vm", NO_VM)).isEmpty();

      TestAccounts.takeRole(store, "former", "VM_USER");

      assertThat(former.send("start-vm", NO_VM).statusCode()).isEqualTo(403);
      assertThat(former.send("get-vms", "{}").statusCode()).isEqualTo(200);
    }
  }

  private TestUser login(String username) {
    return TestUser.login(platform.port(), username, PASSWORD);
  }
}
