package io.belfry.query.layout;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.schema.Schema;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LayoutTest {
  private final Schema schema = Schema.bundled();
  private final Layout layout = Layout.of(schema);

  @Test
  void keepsAToOneRelationInTheRow() {
    var vm = layout.table("Vm");

    var column = vm.column(vm.entity().field("host"));

    assertThat(column.name()).isEqualTo("host_id");
    assertThat(column.referencedTable()).contains("host");
  }

  @Test
  void keepsManyToManyInOneTableForBothEnds() {
    var names = layout.joinTables().stream().map(JoinTable::name);

    assertThat(names)
        .contains("cluster__datacenters", "label__vms")
        .doesNotContain("datacenter__clusters", "vm__labels");
  }

  @Test
  void givesNoTwoTablesOrColumnsOneName() {
    var tables =
        Stream.concat(
            layout.tables().stream().map(Table::name),
            layout.joinTables().stream().map(JoinTable::name));

    assertThat(tables).doesNotHaveDuplicates().allMatch(name -> name.length() <= 63);
    for (var table : layout.tables()) {
      assertThat(table.columns().stream().collect(groupingBy(Column::name)).values())
          .as(table.name())
          .allMatch(same -> same.size() == 1);
    }
  }
}
