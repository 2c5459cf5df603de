package io.belfry.store.database;

import static io.belfry.store.database.SmallLayouts.entity;
import static io.belfry.store.database.SmallLayouts.layout;
import static io.belfry.store.database.SmallLayouts.many;
import static io.belfry.store.database.SmallLayouts.number;
import static io.belfry.store.database.SmallLayouts.one;
import static io.belfry.store.database.SmallLayouts.requiredNumber;
import static io.belfry.store.database.SmallLayouts.requiredOne;
import static io.belfry.store.database.SmallLayouts.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.postgres.TestDatabase;
import io.belfry.postgres.TestPostgres;
import io.belfry.problem.ProblemException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class EntityTablesTest {
  private final TestDatabase database = TestPostgres.freshDatabase();

  @AfterEach
  void dropDatabase() {
    database.close();
  }

  @Test
  void makesEverythingThatTheApiNeeds() throws Exception {
    TestTables.migrate(database, TestTables.LAYOUT);

    try (var connection = database.connect()) {
      var existing = ExistingTables.read(connection);
      assertThat(existing.columns()).hasSizeGreaterThan(143).containsKeys("vm", "vm_disk", "task");
      assertThat(existing.others())
          .contains("vm__name__trgm", "vm__status__idx", "vm__host_id__fk");
      assertThat(WantedTables.of(TestTables.LAYOUT, Optional.of("public")).missingFrom(existing))
          .isEmpty();
    }
  }

  @Test
  void addsColumnsAndKeepsRows() throws Exception {
    TestTables.migrate(database, layout(entity("Vm", text("name"))));
    execute("INSERT INTO tower.vm (id, name) VALUES ('1', 'web')");

    TestTables.migrate(database, layout(entity("Vm", text("name"), requiredNumber("vcpu"))));

    assertThat(value("SELECT name FROM tower.vm WHERE vcpu IS NULL")).isEqualTo("web");
  }

  @Test
  void addsTablesAndRelationsToTablesWithRows() throws Exception {
    TestTables.migrate(database, layout(entity("Vm")));
    execute("INSERT INTO tower.vm (id) VALUES ('1')");

    TestTables.migrate(
        database,
        layout(
            entity("Vm", one("host", "Host"), many("labels", "Label")),
            entity("Host"),
            entity("Label")));

    execute(
        "INSERT INTO tower.host (id) VALUES ('h')",
        "INSERT INTO tower.label (id) VALUES ('l')",
        "UPDATE tower.vm SET host_id = 'h'",
        "INSERT INTO tower.vm__labels VALUES ('1', 'l')");
    assertThatThrownBy(() -> execute("UPDATE tower.vm SET host_id = 'nowhere'"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("vm__host_id__fk");
  }

  @Test
  void sortsByCodePointInWhateverDatabase() throws Exception {
    try (var english = TestPostgres.freshDatabaseSortedFor("en-US");
        var connection = english.connect()) {
      TestTables.migrate(english, layout(entity("Vm", text("name"))));

      assertThat(ExistingTables.read(connection).collations()).containsExactly("C");
    }
  }

  @Test
  void keepsTheTextOrderThatTablesHave() throws Exception {
    execute(
        "CREATE SCHEMA tower",
        "CREATE TABLE tower.vm (id text PRIMARY KEY, name text)",
        "INSERT INTO tower.vm VALUES ('1', 'web')");

    TestTables.migrate(database, layout(entity("Vm", text("name"), text("nickname"))));

    try (var connection = database.connect()) {
      assertThat(ExistingTables.read(connection).collations()).containsExactly("default");
    }
  }

  @Test
  void keepsColumnsThatTheSchemaNoLongerHas() throws Exception {
    TestTables.migrate(database, layout(entity("Vm", text("name"), text("nickname"))));
    execute("INSERT INTO tower.vm (id, nickname) VALUES ('1', 'old friend')");

    TestTables.migrate(database, layout(entity("Vm", text("name"))));

    assertThat(value("SELECT nickname FROM tower.vm")).isEqualTo("old friend");
  }

  @Test
  void refusesAChangedTypeAndChangesNothing() throws Exception {
    TestTables.migrate(database, layout(entity("Vm", text("vcpu"))));

    assertThatThrownBy(
            () -> TestTables.migrate(database, layout(entity("Vm", number("vcpu"), text("name")))))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("tower.vm.vcpu is text and would have to be integer");
    assertThatThrownBy(() -> value("SELECT name FROM tower.vm")).hasMessageContaining("name");
  }

  @Test
  void comparesNothingWhileTheFingerprintMatches() throws Exception {
    var vms = layout(entity("Vm", text("name")));
    TestTables.migrate(database, vms);
    execute("DROP INDEX tower.vm__name__idx");

    TestTables.migrate(database, vms);
    assertThat(value("SELECT to_regclass('tower.vm__name__idx')")).isEqualTo("none");

    execute("DELETE FROM belfry.setting");
    TestTables.migrate(database, vms);
    assertThat(value("SELECT to_regclass('tower.vm__name__idx')")).isEqualTo("tower.vm__name__idx");
  }

  @Test
  void makesTablesOnceWhenSeveralServersStartTogether() throws Exception {
    var vms = layout(entity("Vm", text("name"), one("host", "Host")), entity("Host"));
    var starts = new ArrayList<Future<?>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var server = 0; server < 4; server++) {
        starts.add(threads.submit(() -> TestTables.migrate(database, vms)));
      }
    }

    assertThat(starts).allSatisfy(start -> assertThat(start.get()).isNull());
    execute("INSERT INTO tower.vm (id, name) VALUES ('1', 'web')");
  }

  @Test
  void forgetsAnOptionalRelationToADeletedRow() throws Exception {
    TestTables.migrate(database, layout(entity("Vm", one("host", "Host")), entity("Host")));
    execute(
        "INSERT INTO tower.host (id) VALUES ('h')",
        "INSERT INTO tower.vm (id, host_id) VALUES ('1', 'h')",
        "DELETE FROM tower.host");

    assertThat(value("SELECT host_id FROM tower.vm")).isEqualTo("none");
  }

  @Test
  void keepsARowThatOthersMustReferTo() throws Exception {
    TestTables.migrate(database, layout(entity("Disk", requiredOne("vm", "Vm")), entity("Vm")));
    execute(
        "INSERT INTO tower.vm (id) VALUES ('1')",
        "INSERT INTO tower.disk (id, vm_id) VALUES ('d', '1')");

    assertThatThrownBy(() -> execute("DELETE FROM tower.vm"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("disk__vm_id__fk");
  }

  @Test
  void checksRelationsWhenATransactionEnds() throws Exception {
    TestTables.migrate(database, layout(entity("Vm", one("host", "Host")), entity("Host")));

    execute(
        """
        BEGIN;
        INSERT INTO tower.vm (id, host_id) VALUES ('1', 'h');
        INSERT INTO tower.host (id) VALUES ('h');
        COMMIT
        """);

    assertThat(value("SELECT host_id FROM tower.vm")).isEqualTo("h");
  }

  @Test
  void doesWithoutTrigramsWhereTheyAreForbidden() throws Exception {
    execute(
        "CREATE ROLE guest LOGIN PASSWORD 'guest'",
        "CREATE SCHEMA belfry AUTHORIZATION guest",
        "CREATE SCHEMA tower AUTHORIZATION guest",
        "GRANT CONNECT ON DATABASE %s TO guest".formatted(database.name()));
    var guest = new PGSimpleDataSource();
    guest.setUrl(database.jdbcUrl());
    guest.setUser("guest");
    guest.setPassword("guest");

    OwnTables.migrate(guest);
    EntityTables.migrate(guest, layout(entity("Vm", text("name"))));

    assertThat(value("SELECT to_regclass('tower.vm__name__idx')")).isEqualTo("tower.vm__name__idx");
    assertThat(value("SELECT to_regclass('tower.vm__name__trgm')")).isEqualTo("none");
  }

  private void execute(String... statements) throws SQLException {
    try (var connection = database.connect();
        var statement = connection.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private String value(String query) throws SQLException {
    try (var connection = database.connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      assertThat(rows.next()).isTrue();
      var value = rows.getString(1);
      return value == null ? "none" : value;
    }
  }
}
