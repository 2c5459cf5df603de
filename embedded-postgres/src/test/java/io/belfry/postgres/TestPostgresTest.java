package io.belfry.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TestPostgresTest {
  @Test
  void givesEachCallerAnEmptyDatabase() throws Exception {
    var first = TestPostgres.freshDatabase();
    var second = TestPostgres.freshDatabase();

    execute(first, "CREATE TABLE bell (name text)");

    assertThatThrownBy(() -> execute(second, "SELECT name FROM bell"))
        .isInstanceOf(SQLException.class);
  }

  @Test
  void preparesOnceAndCopiesEachTime() throws Exception {
    var preparations = new AtomicInteger();
    for (var i = 0; i < 3; i++) {
      var database =
          TestPostgres.freshDatabase(
              "bells",
              empty -> {
                preparations.incrementAndGet();
                execute(empty, "CREATE TABLE bell (name text)");
              });
      execute(database, "SELECT name FROM bell");
    }

    assertThat(preparations).hasValue(1);
  }

  private static void execute(TestDatabase database, String sql) throws SQLException {
    try (var connection = database.connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
