package io.belfry.store.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The rules of the query language, one by one, on five VMs `a` to `e` and their relations.
class QueryLanguageTest {
  private static SomeVms vms;

  @BeforeAll
  static void insertVms() throws SQLException {
    vms = new SomeVms();
    vms.run(
        """
        INSERT INTO tower.cluster (id, name) VALUES ('c1', 'east'), ('c2', 'west');
        INSERT INTO tower.host (id, name, cluster_id) VALUES ('h1', 'one', 'c1'), ('h2', 'two', 'c2');
        INSERT INTO tower.vm (id, name, hostname, vcpu, ha, status, local_created_at, host_id)
        VALUES ('a', 'web-1', 'x', 1, true, 'RUNNING', '2026-01-01T00:00:00.000Z', 'h1'),
               ('b', 'web-2', 'y', 2, false, 'STOPPED', '2026-01-02T00:00:00.500Z', 'h1'),
               ('c', 'Web_3', NULL, 4, true, 'RUNNING', '2026-01-03T00:00:00.000Z', 'h2'),
               ('d', 'db%1', 'x', 8, false, 'SUSPENDED', '2026-01-04T00:00:00.000Z', NULL),
               ('e', 'ext', NULL, 16, true, 'STOPPED', '2026-01-05T00:00:00.000Z', NULL);
        INSERT INTO tower.vm_disk (id, vm_id, boot, serial)
        VALUES ('k1', 'a', 1, 's'), ('k2', 'a', 2, NULL), ('k3', 'b', 1, 's'), ('k4', 'c', 3, 't');
        INSERT INTO tower.label (id, key) VALUES ('l1', 'env'), ('l2', 'team');
        INSERT INTO tower.label__vms (from_id, to_id) VALUES ('l1', 'a'), ('l1', 'b'), ('l2', 'a')
        """);
  }

  @AfterAll
  static void close() {
    vms.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # 1: nothing means everything
          {}                                                        | a b c d e
          {'AND': null, 'OR': null, 'NOT': null}                    | a b c d e
          # 2: alternatives, and their siblings
          {'OR': [{'name': 'ext'}, {'vcpu': 1}]}                    | a e
          {'OR': [{'name': 'ext'}, {'vcpu': 1}], 'status': 'RUNNING'} | a
          {'OR': [], 'vcpu': 1}                                     | a
          {'AND': [{'ha': true}, {'vcpu_gt': 1}]}                   | c e
          # 3: negation, and nothing to negate
          {'NOT': [{'vcpu': 1}, {'vcpu': 2}]}                       | c d e
          {'NOT': [{}]}                                             | a b c d e
          {'OR': [{'vcpu': 1}], 'NOT': {}}                          | a
          # 4: null
          {'hostname': null}                                        | c e
          {'hostname_not': null}                                    | a b d
          {'host': null}                                            | d e
          # 5: lists
          {'id_in': []}                                             | ``
          {'id_not_in': []}                                         | a b c d e
          {'hostname_not_in': []}                                   | a b c d e
          {'id_in': null}                                           | a b c d e
          {'id_in': ['a', null, 'c']}                               | a c
          {'id_in': 'a'}                                            | a
          # 6: comparisons never match a null, negated or not
          {'hostname_not': 'x'}                                     | b
          {'hostname_not_in': ['x']}                                | b
          {'NOT': [{'hostname': 'x'}]}                              | b
          {'hostname_not_contains': 'x'}                            | b
          # 7: texts
          {'name_contains': 'web'}                                  | a b
          {'name_contains': ''}                                     | a b c d e
          {'hostname_contains': ''}                                 | a b d
          {'name_contains': '%'}                                    | d
          {'name_contains': '_'}                                    | c
          {'name_starts_with': 'web'}                               | a b
          {'name_ends_with': '1'}                                   | a d
          {'name_not_starts_with': 'web'}                           | c d e
          {'name_gt': 'e'}                                          | a b e
          # 8: relations
          {'host': {}}                                              | a b c
          {'host': {'cluster': {'name': 'east'}}}                   | a b
          {'host': {'cluster': {'id_in': ['c2']}}}                  | c
          {'NOT': [{'host': {'id': 'h1'}}]}                         | c d e
          {'vm_disks_some': {}}                                     | a b c
          {'vm_disks_none': {}}                                     | d e
          {'vm_disks_some': {'boot_gte': 2}}                        | a c
          {'vm_disks_every': {'boot': 1}}                           | b d e
          {'vm_disks_none': {'boot': 1}}                            | c d e
          {'labels_some': {'key': 'team'}}                          | a
          {'labels_none': {'key': 'team'}}                          | b c d e
          # numbers and times in other forms
          {'vcpu_gt': '4'}                                          | d e
          {'vcpu': 4.0}                                             | c
          {'local_created_at_lte': '2026-01-02T00:00:00Z'}          | a
          {'local_created_at': '2026-01-02T08:00:00.500+08:00'}     | b
          {'status_in': ['RUNNING', 'SUSPENDED']}                   | a c d
          {'status_not': 'RUNNING'}                                 | b d e
          {'ha_not': true}                                          | b d
          """)
  void filters(String where, String expected) throws IOException {
    assertThat(vms.ids("Vm", "{'where': %s}".formatted(where))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'orderBy': 'vcpu_DESC'}                                          | e d c b a
          {'orderBy': 'hostname_ASC'}                                       | a d b c e
          {'orderBy': 'hostname_DESC'}                                      | c e b a d
          {'first': 2}                                                      | a b
          {'first': 0}                                                      | ``
          {'first': 2, 'skip': 2}                                           | c d
          {'skip': 3}                                                       | d e
          {'last': 2}                                                       | d e
          {'last': 2, 'skip': 1}                                            | c d
          {'after': 'b'}                                                    | c d e
          {'after': 'b', 'first': 1, 'skip': 1}                             | d
          {'before': 'd'}                                                   | a b c
          {'before': 'd', 'last': 1, 'skip': 1}                             | b
          {'after': 'a', 'before': 'e'}                                     | b c d
          {'after': 'e', 'before': 'a'}                                     | ``
          {'after': 'nobody'}                                               | ``
          {'after': 'b', 'where': {'id_not': 'b'}}                          | ``
          {'orderBy': 'hostname_ASC', 'after': 'd'}                         | b c e
          {'orderBy': 'hostname_ASC', 'after': 'c'}                         | e
          {'orderBy': 'hostname_DESC', 'after': 'e', 'first': 2}            | b a
          {'orderBy': 'hostname_DESC', 'before': 'a', 'last': 2}            | e b
          """)
  void ordersAndCuts(String body, String expected) throws IOException {
    assertThat(vms.ids("Vm", body)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                                        | 5
          {'first': 1, 'skip': 3, 'after': 'nobody'}                | 5
          {'where': {'vcpu_gt': 2}}                                 | 3
          """)
  void countsWhateverThePage(String body, long expected) {
    var request = SomeVms.request("Vm", body);

    assertThat(vms.reader().count(request, io.belfry.query.Language.EN_US)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'where': {'vm_num_gt': 1}}                               | h1
          {'orderBy': 'running_vm_num_DESC', 'first': 1}            | h1
          {'where': {'stopped_vm_num': 0}}                          | h2
          """)
  void filtersAndOrdersByComputedFields(String body, String expected) throws Exception {
    vms.run("UPDATE tower.vm SET in_recycle_bin = false");

    assertThat(vms.ids("Host", body)).isEqualTo(expected);
  }
}
