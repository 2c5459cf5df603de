package io.belfry.datacenter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class SimulatedDatacenterTest {
  private static final SimulationSize SMALL = SimulationSize.SMALL;
  private static final Layout LAYOUT = TestTables.LAYOUT;

  @Test
  void makesTheSameRowsFromTheSameSeed() {
    try (var one = TestDatacenter.loaded(SMALL, 1);
        var same = TestDatacenter.loaded(SMALL, 1)) {
      assertThat(fingerprints(one)).isEqualTo(fingerprints(same)).containsKey("vm");
    }
  }

  @Test
  void makesOtherRowsFromAnotherSeed() {
    try (var one = TestDatacenter.loaded(SMALL, 1);
        var other = TestDatacenter.loaded(SMALL, 2)) {
      assertThat(fingerprints(one)).doesNotContainEntry("vm", fingerprints(other).get("vm"));
    }
  }

  @Test
  void leavesAFilledStoreAlone() {
    try (var datacenter = TestDatacenter.small()) {
      var before = fingerprints(datacenter);

      var loaded = SimulatedDatacenter.load(datacenter.store(), SMALL, 99, TestDatacenter.CLOCK);

      assertThat(loaded).isFalse();
      assertThat(fingerprints(datacenter)).isEqualTo(before);
    }
  }

  @Test
  void leavesNothingWhenItIsInterruptedAndCanStartOver() {
    try (var whole = TestDatacenter.small();
        var broken = TestDatacenter.empty()) {
      var last = whole.texts("SELECT max(id) FROM tower.task").getFirst();
      broken.execute(
          """
          INSERT INTO tower.organization (id, name) VALUES ('spoiler', 'spoiler');
          CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql
            AS 'BEGIN RAISE EXCEPTION ''spoilt''; END';
          CREATE TRIGGER spoil BEFORE INSERT ON tower.task
            FOR EACH ROW WHEN (NEW.id = '%s') EXECUTE FUNCTION spoil();
          DELETE FROM tower.organization
          """
              .formatted(last));

      assertThatThrownBy(() ->
              SimulatedDatacenter.load(
                  broken.store(), SMALL, TestDatacenter.SEED, TestDatacenter.CLOCK))
          .hasMessageContaining("spoilt");
      assertThat(fingerprints(broken)).isEmpty();

      broken.execute("DROP TRIGGER spoil ON tower.task");
      SimulatedDatacenter.load(broken.store(), SMALL, TestDatacenter.SEED, TestDatacenter.CLOCK);
      assertThat(fingerprints(broken)).isEqualTo(fingerprints(whole));
    }
  }

  @Test
  void fillsEveryRequiredField() {
    try (var datacenter = TestDatacenter.small()) {
      for (var table : LAYOUT.tables()) {
        for (var column : table.columns()) {
          if (column.field().required()) {
            assertThat(datacenter.number(nulls(table, column)))
                .as("%s.%s", table.name(), column.name())
                .isZero();
          }
        }
      }
    }
  }

  @Test
  void fillsEveryRequiredFieldOfWhatIsEmbedded() {
    try (var datacenter = TestDatacenter.small()) {
      var missing = new ArrayList<String>();
      for (var table : LAYOUT.tables()) {
        for (var column : table.columns()) {
          if (column.field().type() instanceof Type.ObjectRef(var object)) {
            datacenter
                .texts(values(table, column))
                .forEach(json ->
                    missing.addAll(
                        missing(json(json), object, table.name() + "." + column.name())));
          }
        }
      }
      assertThat(missing).isEmpty();
    }
  }

  @Test
  void usesOnlyValuesOfTheirEnums() {
    try (var datacenter = TestDatacenter.small()) {
      for (var table : LAYOUT.tables()) {
        for (var column : table.columns()) {
          if (!column.field().isList() && column.field().type() instanceof Type.EnumRef(var name)) {
            assertThat(LAYOUT.schema().enumType(name).wireNames())
                .as("%s.%s", table.name(), column.name())
                .containsAll(datacenter.texts("SELECT DISTINCT " + existing(table, column)));
          }
        }
      }
    }
  }

  @Test
  void givesEveryObjectIdsOfItsOwn() {
    try (var datacenter = TestDatacenter.small()) {
      for (var table : LAYOUT.tables()) {
        assertThat(datacenter.texts("SELECT id FROM " + Layout.qualified(table.name())))
            .allMatch(id -> id.matches("c[a-z0-9]{24}"));
        if (table.entity().findField("local_id").isPresent()) {
          assertThat(datacenter.texts("SELECT local_id FROM " + Layout.qualified(table.name())))
              .as(table.name())
              .doesNotHaveDuplicates()
              .allMatch(id ->
                  id.matches(
                      "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
        }
      }
    }
  }

  @Test
  void givesNoNameOrAddressTwice() {
    try (var datacenter = TestDatacenter.loaded(new SimulationSize(1_000), 3)) {
      assertThat(datacenter.texts("SELECT name FROM tower.vm")).doesNotHaveDuplicates();
      assertThat(datacenter.texts("SELECT mac_address FROM tower.vm_nic")).doesNotHaveDuplicates();
      assertThat(datacenter.texts("SELECT mac_address FROM tower.nic")).doesNotHaveDuplicates();
      assertThat(datacenter.texts("SELECT management_ip FROM tower.host")).doesNotHaveDuplicates();
      assertThat(datacenter.texts("SELECT path FROM tower.vm_volume")).doesNotHaveDuplicates();
      assertThat(
              datacenter.texts("SELECT ip_address FROM tower.vm_nic WHERE ip_address IS NOT NULL"))
          .isNotEmpty()
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void hasVmsInEveryState() {
    try (var datacenter = TestDatacenter.small()) {
      assertThat(datacenter.number("SELECT count(*) FROM tower.vm")).isEqualTo(100);
      assertThat(
              datacenter.texts(
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
  }

  @Test
  void showsAddressesWhereToolsRunAndNowhereElse() {
    try (var datacenter = TestDatacenter.small()) {
      assertThat(
              datacenter.texts(
                  """
                  SELECT DISTINCT (vm_tools_status = 'RUNNING') || ' ' || (ips <> '')
                  FROM tower.vm
                  """))
          .containsExactlyInAnyOrder("true true", "false false");
    }
  }

  @Test
  void givesNoHostMoreVmsThanItsMemoryTakes() {
    try (var datacenter = TestDatacenter.loaded(new SimulationSize(3_000), 5)) {
      assertThat(
              datacenter.texts(
                  """
                  SELECT host.name
                  FROM tower.host JOIN tower.vm ON vm.host_id = host.id
                  WHERE vm.status IN ('RUNNING', 'SUSPENDED')
                  GROUP BY host.id
                  HAVING sum(vm.memory) > host.total_memory_bytes - host.os_memory_bytes
                  """))
          .isEmpty();
    }
  }

  @Test
  void spreadsWhatAClusterStoresOverItsHosts() {
    try (var datacenter = TestDatacenter.loaded(new SimulationSize(3_000), 5)) {
      assertThat(
              datacenter.texts(
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
  }

  @Test
  void countsMountedDataDisksAsTheCapacityOfAHost() {
    try (var datacenter = TestDatacenter.small()) {
      assertThat(
              datacenter.texts(
                  """
                  SELECT host.name
                  FROM tower.host JOIN tower.disk ON disk.host_id = host.id
                  WHERE disk.function = 'DATA'
                  GROUP BY host.id
                  HAVING sum(disk.size) <> host.total_data_capacity
                  """))
          .isEmpty();
    }
  }

  @Test
  void givesEveryDiskAVolumeAndEveryVolumeALun() {
    try (var datacenter = TestDatacenter.small()) {
      assertThat(
              datacenter.number(
                  """
                  SELECT count(*)
                  FROM tower.vm_disk
                  WHERE (type = 'DISK') <> (vm_volume_id IS NOT NULL)
                  """))
          .isZero();
      assertThat(
              datacenter.number(
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
  }

  @Test
  void keepsEveryVmOnAHostOfItsClusterAndItsNicsOnNetworksOfIt() {
    try (var datacenter = TestDatacenter.loaded(new SimulationSize(3_000), 5)) {
      assertThat(
              datacenter.number(
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
  }

  @Test
  void hasADefaultVmNetworkInEveryCluster() {
    try (var datacenter = TestDatacenter.loaded(new SimulationSize(3_000), 5)) {
      assertThat(
              datacenter.texts(
                  """
                  SELECT vds.cluster_id
                  FROM tower.vlan JOIN tower.vds ON vds.id = vlan.vds_id
                  WHERE vlan.name = 'default' AND vlan.type = 'VM' AND NOT vds.internal
                  """))
          .containsExactlyInAnyOrderElementsOf(datacenter.texts("SELECT id FROM tower.cluster"));
    }
  }

  @Test
  void namesTheLunSnapshotsOfEverySnapshot() {
    try (var datacenter = TestDatacenter.small()) {
      assertThat(
              datacenter.texts(
                  """
                  SELECT disk ->> 'snapshot_local_id'
                  FROM tower.vm_snapshot CROSS JOIN jsonb_array_elements(vm_disks) disk
                  """))
          .isNotEmpty()
          .containsExactlyInAnyOrderElementsOf(
              datacenter.texts("SELECT name FROM tower.iscsi_lun_snapshot"));
    }
  }

  @Test
  void distributesEveryTemplateToEveryElfCluster() {
    try (var datacenter = TestDatacenter.loaded(new SimulationSize(3_000), 5)) {
      var elfClusters =
          datacenter.number("SELECT count(*) FROM tower.cluster WHERE hypervisor = 'ELF'");
      assertThat(elfClusters).isGreaterThan(1);
      assertThat(
              datacenter.query(
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
  }

  @Test
  void alertsOfEverySeverityInBothLanguages() {
    try (var datacenter = TestDatacenter.small()) {
      assertThat(datacenter.texts("SELECT DISTINCT severity FROM tower.alert WHERE NOT ended"))
          .contains("CRITICAL", "NOTICE", "INFO");
      assertThat(datacenter.number("SELECT count(*) FROM tower.alert WHERE ended")).isPositive();
      assertThat(
              datacenter.texts(
                  "SELECT concat(message_zh_cn, cause_zh_cn, solution_zh_cn) FROM tower.alert"))
          .allMatch(text -> text.codePoints().anyMatch(Character::isIdeographic));
      assertThat(datacenter.texts("SELECT concat(message, cause, solution) FROM tower.alert"))
          .noneMatch(text -> text.codePoints().anyMatch(Character::isIdeographic));
    }
  }

  // Looking at all tables

  /// What a table holds, of all that hold something.
  private static Map<String, String> fingerprints(TestDatacenter datacenter) {
    var names = new ArrayList<String>();
    LAYOUT.tables().forEach(table -> names.add(table.name()));
    LAYOUT.joinTables().forEach(table -> names.add(table.name()));
    var fingerprints = new TreeMap<String, String>();
    for (var name : names) {
      datacenter
          .texts(
              """
              SELECT md5(string_agg(given::text, ',' ORDER BY given::text))
              FROM %s given
              HAVING count(*) > 0
              """
                  .formatted(Layout.qualified(name)))
          .forEach(fingerprint -> fingerprints.put(name, fingerprint));
    }
    return fingerprints;
  }

  private static String nulls(Table table, Column column) {
    return "SELECT count(*) FROM %s WHERE %s IS NULL"
        .formatted(Layout.qualified(table.name()), Layout.quoted(column.name()));
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
