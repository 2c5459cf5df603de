package io.belfry.query.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.query.Condition;
import io.belfry.query.Condition.Comparison;
import io.belfry.query.Conditions;
import io.belfry.query.Language;
import io.belfry.query.ListRequest;
import io.belfry.query.layout.Layout;
import io.belfry.schema.Field;
import io.belfry.schema.Schema;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueryCompilerTest {
  private static final Schema SCHEMA = Schema.bundled();

  private final QueryCompiler compiler = new QueryCompiler(Layout.of(SCHEMA));
  private final Conditions vms = Conditions.over(SCHEMA, "Vm");

  @Test
  void looksForRelatedIdsInTheRowItself() {
    var sql = where(vms.relatedTo("cluster", List.of("c1", "c2")));

    assertThat(sql.text())
        .endsWith("WHERE (t.\"cluster_id\" IS NOT NULL AND t.\"cluster_id\" = ANY (?::text[]))");
    assertThat(sql.parameters()).containsExactly(List.of("c1", "c2"));
  }

  @Test
  void looksForRelatedRowsByExists() {
    var disks = Conditions.over(SCHEMA, "VmDisk");
    var sql = where(vms.some("vm_disks", disks.is("boot", 1)));

    assertThat(sql.text())
        .endsWith(
            "WHERE EXISTS (SELECT FROM tower.\"vm_disk\" t1 WHERE t1.\"vm_id\" = t.\"id\" AND"
                + " t1.\"boot\" = ?)");
  }

  @Test
  void takesPatternsLiterally() {
    var sql = where(vms.compare("name", Comparison.CONTAINS, "50%_a\\b"));

    assertThat(sql.parameters()).containsExactly("%50\\%\\_a\\\\b%");
  }

  @Test
  void keepsValuesOutOfTheText() {
    var sql = where(vms.is("name", "'; DROP TABLE tower.vm; --"));

    assertThat(sql.text()).endsWith("WHERE t.\"name\" = ?");
  }

  @Test
  void locksInTheOrderOfIds() {
    var sql = compiler.lockedIds(vms.entity(), Condition.everything(), Language.EN_US);

    assertThat(sql.text()).endsWith("ORDER BY t.\"id\" FOR NO KEY UPDATE OF t");
  }

  @Test
  void sumsRelatedRowsInOnePass() {
    var sql = compiler.list(ListRequest.of(vms.entity(), Condition.everything()), Language.EN_US);

    assertThat(sql.sql().text()).containsOnlyOnce("tower.\"vm_volume\"");
  }

  @Test
  void writesAStatementForEveryEntity() {
    for (var entity : SCHEMA.entities().values()) {
      var list = compiler.list(ListRequest.of(entity, Condition.everything()), Language.ALL);

      assertThat(list.properties())
          .extracting(Output::name)
          .containsExactlyElementsOf(entity.shown().stream().map(Field::wireName).toList());
    }
  }

  private Sql where(Condition condition) {
    return compiler.count(vms.entity(), condition, Language.EN_US);
  }
}
