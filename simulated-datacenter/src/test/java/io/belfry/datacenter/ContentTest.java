package io.belfry.datacenter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.belfry.query.layout.Column;
import io.belfry.query.layout.Layout;
import io.belfry.query.layout.Table;
import io.belfry.schema.Type;
import io.belfry.store.database.TestTables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// What is in a data centre: all of these tests only look.
class ContentTest {
  private static final Layout LAYOUT = TestTables.LAYOUT;

  private static final TestDatacenter SMALL = TestDatacenter.small();

  /// With several clusters of each kind.
  private static final TestDatacenter GROWN = TestDatacenter.loaded(new SimulationSize(3_000), 5);

  @AfterAll
  static void drop() {
    SMALL.close();
    GROWN.close();
  }

  @Test
  void fillsEveryRequiredField() {
    for (var table : LAYOUT.tables()) {
      assertThat(SMALL.number(rowsThatLackSomething(table))).as(table.name()).isZero();
    }
  }

  @Test
  void fillsEveryRequiredFieldOfWhatIsEmbedded() {
    var missing = new ArrayList<String>();
    for (var table : LAYOUT.tables()) {
      for (var column : table.columns()) {
        if (column.field().type() instanceof Type.ObjectRef(var object)) {
          SMALL
              .texts(values(table, column))
              .forEach(json ->
                  missing.addAll(missing(json(json), object, table.name() + "." + column.name())));
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void usesOnlyValuesOfTheirEnums() {
    for (var table : LAYOUT.tables()) {
      for (var column : table.columns()) {
        if (!column.field().isList() && column.field().type() instanceof Type.EnumRef(var name)) {
          assertThat(LAYOUT.schema().enumType(name).wireNames())
              .as("%s.%s", table.name(), column.name())
              .containsAll(SMALL.texts("SELECT DISTINCT " + existing(table, column)));
        }
      }
    }
  }

  @Test
  void givesEveryObjectIdsOfItsOwn() {
    for (var table : LAYOUT.tables()) {
      assertThat(SMALL.texts("SELECT id FROM " + Layout.qualified(table.name())))
          .allMatch(id -> id.matches("c[a-z0-9]{24}"));
      if (table.entity().findField("local_id").isPresent()) {
        assertThat(SMALL.texts("SELECT local_id FROM " + Layout.qualified(table.name())))
            .as(table.name())
            .doesNotHaveDuplicates()
            .allMatch(id ->
                id.matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
      }
    }
  }

  @Test
  void givesNoNameOrAddressTwice() {
    assertThat(GROWN.texts("SELECT name FROM tower.vm")).doesNotHaveDuplicates();
    assertThat(GROWN.texts("SELECT mac_address FROM tower.vm_nic")).doesNotHaveDuplicates();
    assertThat(GROWN.texts("SELECT mac_address FROM tower.nic")).doesNotHaveDuplicates();
    assertThat(GROWN.texts("SELECT management_ip FROM tower.host")).doesNotHaveDuplicates();
    assertThat(GROWN.texts("SELECT path FROM tower.vm_volume")).doesNotHaveDuplicates();
    assertThat(GROWN.texts("SELECT ip_address FROM tower.vm_nic WHERE ip_address IS NOT NULL"))
        .isNotEmpty()
        .doesNotHaveDuplicates();
  }

  @Test
  void hasVmsInEveryState() {
    assertThat(SMALL.number("SELECT count(*) FROM tower.vm")).isEqualTo(100);
    assertThat(
            SMALL.texts(
                """
                SELECT DISTINCT status || in_recycle_bin || (vm_tools_status <> 'NOT_INSTALLED')
                FROM tower.vm
                """))
        .contains(
            "RUNNINGfalsetrue",
            "RUNNINGfalsefalse",
            "STOPPEDfalsetrue",
            "STOPPEDtruetrue",
            "SUSPENDEDfalsetrue",
            "UNKNOWNfalsetrue");
  }

  @Test
  void showsAddressesWhereToolsRunAndNowhereElse() {
    assertThat(
            SMALL.texts(
                """
                SELECT DISTINCT (vm_tools_status = 'RUNNING') || ' ' || (ips <> '')
                FROM tower.vm
                """))
        .containsExactlyInAnyOrder("true true", "false false");
  }

  @Test
  void givesNoHostMoreVmsThanItsMemoryTakes() {
    assertThat(
            GROWN.texts(
                """
                SELECT host.name
                FROM tower.host JOIN tower.vm ON vm.host_id = host.id
                WHERE vm.status IN ('RUNNING', 'SUSPENDED')
                GROUP BY host.id
                HAVING sum(vm.memory) > host.total_memory_bytes - host.os_memory_bytes
                """))
        .isEmpty();
  }

  @Test
  void spreadsWhatAClusterStoresOverItsHosts() {
    assertThat(
            GROWN.texts(
                """
                SELECT cluster.name
                FROM tower.cluster
                  LEFT JOIN LATERAL (
                    SELECT coalesce(sum(unique_size), 0) AS bytes
                    FROM tower.vm_volume WHERE cluster_id = cluster.id
                  ) volumes ON true
                  LEFT JOIN LATERAL (
                    SELECT sum(used_data_space) AS used,
                      sum(total_data_capacity - failure_data_space) AS capacity
                    FROM tower.host WHERE cluster_id = cluster.id
                  ) hosts ON true
                WHERE volumes.bytes <> hosts.used OR hosts.used > hosts.capacity * 0.8
                """))
        .isEmpty();
  }

  @Test
  void countsMountedDataDisksAsTheCapacityOfAHost() {
    assertThat(
            SMALL.texts(
                """
                SELECT host.name
                FROM tower.host JOIN tower.disk ON disk.host_id = host.id
                WHERE disk.function = 'DATA'
                GROUP BY host.id
                HAVING sum(disk.size) <> host.total_data_capacity
                """))
        .isEmpty();
  }

  @Test
  void givesEveryDiskAVolumeAndEveryVolumeALun() {
    assertThat(
            SMALL.number(
                """
                SELECT count(*)
                FROM tower.vm_disk
                WHERE (type = 'DISK') <> (vm_volume_id IS NOT NULL)
                """))
        .isZero();
    assertThat(
            SMALL.number(
                """
                SELECT count(*)
                FROM tower.vm_volume volume
                  LEFT JOIN tower.iscsi_lun lun ON lun.id = volume.lun_id
                  LEFT JOIN tower.vm_disk disk ON disk.vm_volume_id = volume.id
                WHERE disk.id IS NULL
                  OR lun.assigned_size IS DISTINCT FROM volume.size
                  OR volume.path NOT LIKE '%/' || lun.lun_id
                """))
        .isZero();
  }

  @Test
  void keepsEveryVmOnAHostOfItsClusterAndItsNicsOnNetworksOfIt() {
    assertThat(
            GROWN.number(
                """
                SELECT count(*)
                FROM tower.vm
                  LEFT JOIN tower.host ON host.id = vm.host_id
                  LEFT JOIN tower.vm_nic nic ON nic.vm_id = vm.id
                  LEFT JOIN tower.vlan ON vlan.id = nic.vlan_id
                  LEFT JOIN tower.vds ON vds.id = vlan.vds_id
                WHERE host.cluster_id IS DISTINCT FROM vm.cluster_id
                  OR vds.cluster_id IS DISTINCT FROM vm.cluster_id
                  OR vm.node_ip <> host.management_ip
                """))
        .isZero();
  }

  @Test
  void hasADefaultVmNetworkInEveryCluster() {
    assertThat(
            GROWN.texts(
                """
                SELECT vds.cluster_id
                FROM tower.vlan JOIN tower.vds ON vds.id = vlan.vds_id
                WHERE vlan.name = 'default' AND vlan.type = 'VM' AND NOT vds.internal
                """))
        .containsExactlyInAnyOrderElementsOf(GROWN.texts("SELECT id FROM tower.cluster"));
  }

  @Test
  void namesTheLunSnapshotsOfEverySnapshot() {
    assertThat(
            SMALL.texts(
                """
                SELECT disk ->> 'snapshot_local_id'
                FROM tower.vm_snapshot CROSS JOIN jsonb_array_elements(vm_disks) disk
                """))
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(
            SMALL.texts("SELECT name FROM tower.iscsi_lun_snapshot"));
  }

  @Test
  void distributesEveryTemplateToEveryElfCluster() {
    var elfClusters = GROWN.number("SELECT count(*) FROM tower.cluster WHERE hypervisor = 'ELF'");
    assertThat(elfClusters).isGreaterThan(1);
    assertThat(
            GROWN.query(
                """
                SELECT count(*)
                FROM tower.content_library_vm_template library
                  JOIN tower.vm_template template
                    ON template.content_library_vm_template_id = library.id
                    AND library.vm_template_uuids ? template.local_id
                GROUP BY library.id
                """
                    .replace("? template", "?? template"),
                row -> row.longValue(1)))
        .hasSize(Template.ALL.size())
        .allMatch(count -> count == elfClusters);
  }

  @Test
  void alertsOfEverySeverityInBothLanguages() {
    assertThat(SMALL.texts("SELECT DISTINCT severity FROM tower.alert WHERE NOT ended"))
        .contains("CRITICAL", "NOTICE", "INFO");
    assertThat(SMALL.number("SELECT count(*) FROM tower.alert WHERE ended")).isPositive();
    assertThat(
            SMALL.texts(
                "SELECT concat(message_zh_cn, cause_zh_cn, solution_zh_cn) FROM tower.alert"))
        .allMatch(text -> text.codePoints().anyMatch(Character::isIdeographic));
    assertThat(SMALL.texts("SELECT concat(message, cause, solution) FROM tower.alert"))
        .noneMatch(text -> text.codePoints().anyMatch(Character::isIdeographic));
  }

  // Looking at all tables

  private static String rowsThatLackSomething(Table table) {
    var lacks =
        table.columns().stream()
            .filter(column -> column.field().required())
            .map(column -> Layout.quoted(column.name()) + " IS NULL")
            .collect(Collectors.joining(" OR "));
    return "SELECT count(*) FROM %s WHERE %s".formatted(Layout.qualified(table.name()), lacks);
  }

  private static String values(Table table, Column column) {
    return "SELECT " + existing(table, column);
  }

  private static String existing(Table table, Column column) {
    var name = Layout.quoted(column.name());
    return "%s FROM %s WHERE %s IS NOT NULL".formatted(name, Layout.qualified(table.name()), name);
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The paths of required fields that an embedded object, or one of a list, does not have.
  private static List<String> missing(JsonNode json, String object, String path) {
    if (json.isArray()) {
      return StreamSupport.stream(json.spliterator(), false)
          .flatMap(item -> missing(item, object, path + "[]").stream())
          .toList();
    }
    var missing = new ArrayList<String>();
    for (var field : LAYOUT.schema().object(object).fields().values()) {
      var value = json.path(field.wireName());
      var fieldPath = path + "." + field.wireName();
      if (value.isMissingNode() || value.isNull()) {
        if (field.required()) {
          missing.add(fieldPath);
        }
      } else if (field.type() instanceof Type.ObjectRef(var inner)) {
        missing.addAll(missing(value, inner, fieldPath));
      }
    }
    return missing;
  }
}
