package io.belfry.store.database;

import static io.belfry.store.database.SmallLayouts.entity;
import static io.belfry.store.database.SmallLayouts.layout;
import static io.belfry.store.database.SmallLayouts.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.postgres.PostgresSettings;
import io.belfry.postgres.TestDatabase;
import io.belfry.postgres.TestPostgres;
import io.belfry.problem.ProblemCode;
import io.belfry.problem.ProblemException;
import io.belfry.query.layout.Layout;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

class DatabaseTest {
  private static final Layout VMS = layout(entity("Vm", text("name")));

  @TempDir Path directory;

  @Test
  void keepsAnEmbeddedOneForTheNextStart() throws Exception {
    var location = new DatabaseLocation.Embedded(directory, PostgresSettings.DEFAULT);
    try (var database = Database.open(location, PoolSettings.DEFAULT, () -> VMS, _ -> {})) {
      execute(database, "INSERT INTO tower.vm (id, name) VALUES ('1', 'web')");
    }

    try (var database = Database.open(location, PoolSettings.DEFAULT, () -> VMS, _ -> {})) {
      assertThat(value(database, "SELECT name FROM tower.vm")).isEqualTo("web");
    }
  }

  @Test
  void hasAllTablesInAnEphemeralOne() throws Exception {
    var location = new DatabaseLocation.Ephemeral(directory, PostgresSettings.DEFAULT, null, null);

    try (var database = Database.open(location, PoolSettings.DEFAULT, () -> VMS, _ -> {})) {
      execute(database, "INSERT INTO tower.vm (id, name) VALUES ('1', 'web')");

      assertThat(value(database, "SELECT name FROM tower.vm")).isEqualTo("web");
      assertThat(database.isOurs()).isTrue();
    }
  }

  @Test
  void opensSomebodyElses() throws Exception {
    try (var test = TestPostgres.freshDatabase();
        var database = Database.open(external(test), PoolSettings.DEFAULT, () -> VMS, _ -> {})) {
      execute(database, "INSERT INTO tower.vm (id, name) VALUES ('1', 'web')");

      assertThat(value(database, "SELECT name FROM tower.vm")).isEqualTo("web");
      assertThat(value(database, "SHOW timezone")).isEqualTo("UTC");
    }
  }

  @Test
  void waitsForADatabaseThatSaysNothingForTenMinutes() throws Exception {
    try (var test = TestPostgres.freshDatabase();
        var database = Database.open(external(test), PoolSettings.DEFAULT, () -> VMS, _ -> {});
        var connection = database.dataSource().getConnection()) {
      assertThat(connection.getNetworkTimeout()).isEqualTo(600_000);
    }
  }

  @Test
  void saysWhenAllConnectionsAreInUse() throws Exception {
    var two = new PoolSettings(2, Duration.ofMillis(250));
    try (var test = TestPostgres.freshDatabase();
        var database = Database.open(external(test), two, () -> VMS, _ -> {})) {
      var source = database.dataSource();
      try (var _ = source.getConnection();
          var _ = source.getConnection()) {
        assertThatThrownBy(source::getConnection)
            .isInstanceOfSatisfying(
                ProblemException.class,
                e -> assertThat(e.problem().code()).isEqualTo(ProblemCode.DATABASE_UNAVAILABLE))
            .hasMessageContaining("2 in use, at most 2")
            .hasMessageContaining("Try again");
      }
    }
  }

  @Test
  void hasConnectionsForListeners() throws Exception {
    try (var test = TestPostgres.freshDatabase();
        var database = Database.open(external(test), PoolSettings.DEFAULT, () -> VMS, _ -> {});
        var listener = database.connectOutsidePool();
        var statement = listener.createStatement()) {
      statement.execute("LISTEN bell");
      execute(database, "NOTIFY bell, 'ding'");

      var heard = listener.unwrap(PGConnection.class).getNotifications(10_000);
      assertThat(heard).singleElement().extracting("parameter").isEqualTo("ding");
    }
  }

  @Test
  void saysWhenNothingAnswers() {
    var nobody = new DatabaseLocation.External("jdbc:postgresql://127.0.0.1:1/x", "me", "secret");

    assertThatThrownBy(() -> Database.open(nobody, PoolSettings.DEFAULT, () -> VMS, _ -> {}))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("127.0.0.1:1")
        .hasMessageNotContaining("secret");
  }

  @Test
  void saysWhenThePasswordIsWrong() {
    try (var test = TestPostgres.freshDatabase()) {
      var wrong = new DatabaseLocation.External(test.jdbcUrl(), test.user(), "guessed");

      assertThatThrownBy(() -> Database.open(wrong, PoolSettings.DEFAULT, () -> VMS, _ -> {}))
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("password authentication failed");
    }
  }

  @Test
  void refusesOtherKindsOfDatabase() {
    assertThatThrownBy(() ->
            new DatabaseLocation.External("jdbc:mysql://me:secret@host/belfry?p=1", null, null))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("jdbc:mysql://host/belfry")
        .hasMessageContaining("jdbc:postgresql://");
  }

  @Test
  void showsNoPassword() {
    var location =
        new DatabaseLocation.External("jdbc:postgresql://host/db?password=secret", "me", "secret");

    assertThat(location).asString().isEqualTo("jdbc:postgresql://host/db");
  }

  @Test
  void refusesWhatItCannotWorkWith() {
    assertThatCode(() -> Database.requireUsable(15, "15.0", "UTF8", false))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> Database.requireUsable(14, "14.9", "UTF8", false))
        .hasMessageContaining("PostgreSQL 14.9")
        .hasMessageContaining("15 or newer");
    assertThatThrownBy(() -> Database.requireUsable(17, "17.1", "LATIN1", false))
        .hasMessageContaining("LATIN1");
    assertThatThrownBy(() -> Database.requireUsable(17, "17.1", "UTF8", true))
        .hasMessageContaining("standby");
  }

  private static DatabaseLocation external(TestDatabase test) {
    return new DatabaseLocation.External(test.jdbcUrl(), test.user(), test.password());
  }

  private static void execute(Database database, String sql) throws SQLException {
    try (var connection = database.dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String value(Database database, String query) throws SQLException {
    try (var connection = database.dataSource().getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }
}
