package io.belfry.store.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.postgres.TestDatabase;
import io.belfry.store.database.TestTables;
import java.sql.SQLException;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Texts are sorted by code point, in a database that itself would sort them as an English
/// dictionary does.
class TextOrderTest {
  private final TestDatabase database = TestTables.freshDatabaseSortedFor("en-US");
  private final SomeVms vms = new SomeVms(database);

  @BeforeEach
  void fill() throws Exception {
    assertThat(value("SELECT string_agg(v, '' ORDER BY v) FROM unnest(array['b','B','a']) v"))
        .isEqualTo("abB");
    vms.run(
        """
        INSERT INTO tower.vm (id, name)
        VALUES ('1', 'b'), ('2', 'a'), ('3', 'B'), ('4', 'ä'), ('5', '中'), ('6', '_'), ('B', 'x')
        """);
  }

  @AfterEach
  void close() {
    vms.close();
  }

  @Test
  void ordersByCodePoint() throws Exception {
    assertThat(vms.ids("Vm", "{'orderBy': 'name_ASC'}")).isEqualTo("3 6 2 1 B 4 5");
    assertThat(vms.ids("Vm", "{'orderBy': 'name_DESC', 'first': 3}")).isEqualTo("5 4 B");
    assertThat(vms.ids("Vm", "{'orderBy': 'name_ASC', 'after': '2', 'first': 2}")).isEqualTo("1 B");
  }

  @Test
  void comparesByCodePoint() throws Exception {
    assertThat(vms.ids("Vm", "{'where': {'name_lt': 'a'}}")).isEqualTo("3 6");
    assertThat(vms.ids("Vm", "{'where': {'id_gt': '6'}}")).isEqualTo("B");
  }

  @Test
  void findsThemByIndex() throws Exception {
    vms.run("ALTER DATABASE %s SET enable_seqscan = off".formatted(database.name()));

    assertThat(value("EXPLAIN SELECT id FROM tower.vm ORDER BY name, id LIMIT 1"))
        .contains("vm__name__idx");
    assertThat(value("EXPLAIN SELECT id FROM tower.vm WHERE id = 'B'")).contains("vm_pkey");
    assertThat(
            value(
                "EXPLAIN SELECT h.id FROM tower.vm v JOIN tower.host h ON h.id = v.host_id WHERE"
                    + " v.id = 'B'"))
        .contains("host_pkey");
  }

  /// The first column of all rows, a line each.
  private String value(String query) throws SQLException {
    var found = new ArrayList<String>();
    try (var connection = database.connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return String.join("\n", found);
  }
}
