package io.belfry.store.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.problem.ProblemCode;
import io.belfry.problem.ProblemException;
import io.belfry.query.Language;
import io.belfry.query.sql.QueryCompiler;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class EntityReaderTest {
  private final SomeVms vms = new SomeVms();

  @BeforeEach
  void insertVms() throws SQLException {
    vms.run(
        """
        INSERT INTO tower.host (id, name, management_ip) VALUES ('h', 'one', '10.0.0.1');
        INSERT INTO tower.vm (id, name, memory, vcpu, cpu_usage, unique_logical_size, ha, status,
                              cpu, local_created_at, host_id)
        VALUES ('a', 'web "1"', 9007199254740993, 2, 12.5, 30000000000, true, 'RUNNING',
                '{"cores": 2, "sockets": 1}', '2026-01-31T08:00:00Z', 'h');
        INSERT INTO tower.vm (id, name) VALUES ('b', 'web-2');
        INSERT INTO tower.label (id, key, value) VALUES ('l1', 'env', 'prod'), ('l2', 'team', NULL);
        INSERT INTO tower.label__vms (from_id, to_id) VALUES ('l1', 'a'), ('l2', 'a')
        """);
  }

  @AfterEach
  void close() {
    vms.close();
  }

  @Test
  void writesValuesInTheFormatsOfTheApi() throws Exception {
    assertThat(vms.answer("Vm", "{'first': 1}", Language.EN_US))
        .startsWith("[{")
        .endsWith("}]")
        .contains("\"name\":\"web \\\"1\\\"\"")
        .contains("\"memory\":9007199254740993")
        .contains("\"cpu_usage\":12.5")
        .contains("\"unique_logical_size\":30000000000,")
        .contains("\"ha\":true")
        .contains("\"status\":\"RUNNING\"")
        .contains("\"cpu\":{\"cores\": 2, \"sockets\": 1}")
        .contains("\"local_created_at\":\"2026-01-31T08:00:00.000Z\"");
  }

  @Test
  void showsRelationsAsTheSchemaNestsThem() throws Exception {
    var vm = vms.list("Vm", "{'first': 1}").getFirst();

    assertThat(vm.get("host"))
        .isEqualTo(SomeVms.json("{'id': 'h', 'management_ip': '10.0.0.1', 'name': 'one'}"));
    assertThat(vm.get("labels"))
        .isEqualTo(
            SomeVms.json(
                "[{'id': 'l1', 'key': 'env', 'value': 'prod'}, {'id': 'l2', 'key': 'team', 'value':"
                    + " null}]"));
    assertThat(vm.get("vm_disks")).isEmpty();
  }

  @Test
  void writesNullOnlyWhereItIsAllowed() throws Exception {
    var vm = vms.list("Vm", "{'last': 1}").getFirst();

    assertThat(vm.get("hostname").isNull()).isTrue();
    assertThat(vm.get("host").isNull()).isTrue();
    assertThat(vm.has("description")).isFalse();
    assertThat(vm.get("out_uninstall_usb")).isEqualTo(SomeVms.json("[]"));
  }

  @Test
  void showsTextsInTheLanguageOfTheRequest() throws Exception {
    vms.run(
        """
        INSERT INTO tower.task (id, description, description_zh_cn)
        VALUES ('t', 'Start "a"', '启动')
        """);

    assertThat(vms.answer("Task", "{}", Language.EN_US)).contains("\"Start \\\"a\\\"\"");
    assertThat(vms.answer("Task", "{}", Language.ZH_CN)).contains("\"description\":\"启动\"");
    assertThat(vms.answer("Task", "{}", Language.ALL))
        .contains("\"{\\\"en-US\\\":\\\"Start \\\\\\\"a\\\\\\\"\\\",\\\"zh-CN\\\":\\\"启动\\\"}\"");
  }

  @Test
  void readsEveryEntity() throws Exception {
    for (var entity : SomeVms.LAYOUT.schema().entities().keySet()) {
      assertThat(vms.answer(entity, "{}", Language.ALL)).as(entity).startsWith("[");
    }
  }

  @Test
  void keepsTheOrderOfGivenIds() {
    var vm = SomeVms.LAYOUT.schema().entity("Vm");

    var objects = vms.reader().objects(vm, List.of("b", "nobody", "a"), Language.EN_US);

    assertThat(objects)
        .extracting(object -> object.get("id").textValue())
        .containsExactly("b", "a");
  }

  @Test
  void stopsAQueryThatTakesTooLong() throws Exception {
    vms.run(
        "INSERT INTO tower.vm (id, name) SELECT 'x' || n, 'x' FROM generate_series(1, 20000) n");
    var reader = vms.reader(new ReadSettings(Duration.ofMillis(1), 100));
    var answer = new ByteArrayOutputStream();

    assertThatThrownBy(() ->
            reader.write(
                SomeVms.request("Vm", "{'orderBy': 'provisioned_size_ASC', 'first': 1}"),
                Language.EN_US,
                answer))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().code()).isEqualTo(ProblemCode.QUERY_TOO_SLOW));
    assertThat(answer.size()).isZero();
  }

  @Test
  void saysWhenTheDatabaseIsDown() {
    var nowhere = new PGSimpleDataSource();
    nowhere.setUrl("jdbc:postgresql://127.0.0.1:1/none");
    var reader = new EntityReader(nowhere, new QueryCompiler(SomeVms.LAYOUT), ReadSettings.DEFAULT);

    assertThatThrownBy(() -> reader.count(SomeVms.request("Vm", "{}"), Language.EN_US))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().code()).isEqualTo(ProblemCode.DATABASE_UNAVAILABLE));
  }

  /// Ends the database's connections as soon as the first bytes come.
  @Test
  void leavesABrokenAnswerUnclosed() throws Exception {
    vms.run("INSERT INTO tower.vm (id, name) SELECT 'x' || n, 'x' FROM generate_series(1, 1000) n");
    var answer =
        new ByteArrayOutputStream() {
          @Override
          public synchronized void write(byte[] bytes, int offset, int length) {
            if (size() == 0) {
              endOtherConnections();
            }
            super.write(bytes, offset, length);
          }
        };

    assertThatThrownBy(
            () -> vms.reader().write(SomeVms.request("Vm", "{}"), Language.EN_US, answer))
        .isInstanceOf(CutAnswerException.class);
    assertThat(answer.toString(StandardCharsets.UTF_8)).startsWith("[{").doesNotEndWith("]");
  }

  private void endOtherConnections() {
    try {
      vms.run(
          """
          SELECT pg_terminate_backend(pid)
          FROM pg_stat_activity
          WHERE datname = current_database() AND pid <> pg_backend_pid()
          """);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
