package io.belfry.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.belfry.problem.ProblemCode;
import io.belfry.problem.ProblemException;
import io.belfry.query.Condition.Comparison;
import io.belfry.schema.Schema;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhereParserTest {
  private static final Schema SCHEMA = Schema.bundled();
  private static final Conditions VMS = Conditions.over(SCHEMA, "Vm");
  private static final QueryLimits SMALL = new QueryLimits(4, 5, 3, 10);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "{}",
        "{'AND': null, 'OR': null, 'NOT': null}",
        "{'AND': [], 'OR': [], 'NOT': []}",
        "{'NOT': [{}]}",
        "{'NOT': {}}",
        "{'NOT': [{'AND': [{}]}]}",
        "{'OR': [{}, {'name': 'a'}]}",
        "{'id_in': null, 'id_not_in': null}",
        "{'vm_disks_some': null}"
      })
  void findsNoConditionInThese(String where) {
    assertThat(parsed(where)).isEqualTo(Condition.everything());
  }

  @Test
  void readsAllOperators() {
    var name = VMS.entity().field("name");

    assertThat(parsed("{'name': 'a'}")).isEqualTo(VMS.is("name", "a"));
    assertThat(parsed("{'name_not': 'a'}")).isEqualTo(VMS.is("name", "a").negated());
    assertThat(parsed("{'name_in': ['a', 'b']}")).isEqualTo(VMS.in("name", List.of("a", "b")));
    assertThat(parsed("{'name_starts_with': 'a'}"))
        .isEqualTo(new Condition.Compare(name, Comparison.STARTS_WITH, "a"));
    assertThat(parsed("{'name_not_ends_with': 'a'}"))
        .isEqualTo(new Condition.Compare(name, Comparison.ENDS_WITH, "a").negated());
    assertThat(parsed("{'vcpu_gte': 4}"))
        .isEqualTo(VMS.compare("vcpu", Comparison.GREATER_OR_EQUAL, 4));
    assertThat(parsed("{'host': {'id_in': ['h']}}")).isEqualTo(VMS.relatedTo("host", List.of("h")));
  }

  @Test
  void takesNullForAbsence() {
    assertThat(parsed("{'hostname': null}")).isEqualTo(VMS.isNull("hostname"));
    assertThat(parsed("{'hostname_not': null}")).isEqualTo(VMS.isNull("hostname").negated());
    assertThat(parsed("{'host': null}")).isEqualTo(VMS.some("host").negated());
    assertThat(parsed("{'name_in': ['a', null]}")).isEqualTo(VMS.in("name", List.of("a")));
  }

  @Test
  void takesOneObjectForAList() {
    assertThat(parsed("{'OR': {'name': 'a'}}"))
        .isEqualTo(new Condition.Any(List.of(VMS.is("name", "a"))));
    assertThat(parsed("{'name_in': 'a'}")).isEqualTo(VMS.in("name", List.of("a")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "'2'", "2.0", "'2.0'", "' 2 '", "2e0"})
  void takesWholeNumbersInAnyForm(String number) {
    assertThat(parsed("{'vcpu': %s}".formatted(number))).isEqualTo(VMS.is("vcpu", 2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-31T08:00:00Z",
        "2026-01-31T08:00:00.000Z",
        "2026-01-31T16:00:00+08:00",
        "2026-01-31T08:00Z"
      })
  void takesTimesAsInstants(String time) {
    assertThat(parsed("{'local_created_at': '%s'}".formatted(time)))
        .isEqualTo(VMS.is("local_created_at", Instant.parse("2026-01-31T08:00:00Z")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          []                                   | WRONG_TYPE       | where must be an object, { … }, not []
          {'nmae': 'a'}                        | UNKNOWN_FIELD    | where.nmae: VmWhereInput has no such field; did you mean name?
          {'AND': [{'cluster': {'nmae': 1}}]}  | UNKNOWN_FIELD    | where.AND[0].cluster.nmae: ClusterWhereInput has no such field; did you mean name?
          {'name': 1}                          | WRONG_TYPE       | where.name must be a string, not 1
          {'name_contains': null}              | WRONG_TYPE       | where.name_contains must be a string, not null
          {'name': 'a\\u0000'}                 | WRONG_TYPE       | where.name must be Unicode text without the character U+0000, not "a\\u0000"
          {'name': '\\ud800'}                  | WRONG_TYPE       | where.name must be Unicode text without the character U+0000, not "\ud800"
          {'vcpu': 2.5}                        | WRONG_TYPE       | where.vcpu must be a whole number from -2147483648 to 2147483647, not 2.5
          {'vcpu': 3000000000}                 | WRONG_TYPE       | where.vcpu must be a whole number from -2147483648 to 2147483647, not 3000000000
          {'vcpu_in': [1, 'two']}              | WRONG_TYPE       | where.vcpu_in[1] must be a whole number from -2147483648 to 2147483647, not "two"
          {'cpu_usage': 1e999}                 | WRONG_TYPE       | where.cpu_usage must be a number
          {'ha': 'true'}                       | WRONG_TYPE       | where.ha must be true or false, not "true"
          {'local_created_at': '2026-01-31'}   | WRONG_TYPE       | where.local_created_at must be a time such as 2026-01-31T08:00:00.000Z, not "2026-01-31"
          {'status': 'RUNING'}                 | UNKNOWN_CONSTANT | where.status must be RUNNING, not "RUNING"
          {'status_in': [7]}                   | UNKNOWN_CONSTANT | where.status_in[0] must be one of
          {'vm_disks_some': []}                | WRONG_TYPE       | where.vm_disks_some must be an object, { … }, not []
          {'cpu': {'cores': 1}}                | UNKNOWN_FIELD    | where.cpu: VmWhereInput has no such field
          """)
  void refusesAndTellsWhere(String where, ProblemCode code, String message) {
    assertThatThrownBy(() -> parsed(where))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().code()).isEqualTo(code))
        .hasMessageStartingWith(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'AND': {'AND': {'AND': {'AND': {}}}}}                           | where.AND.AND.AND.AND nests deeper than 4 objects
          {'host': {'vms_some': {'host': {'vms_none': {}}}}}               | where.host.vms_some.host.vms_none nests deeper than 4 objects
          {'OR': [{'name': 'a'}, {'name': 'b'}, {'name': 'c'}]}            | the filter has more than 5 conditions
          {'name_in': ['a', 'b', 'c', 'd']}                                | where.name_in has 4 values, at most 3 are possible
          {'name': 'abcdefghijk'}                                          | where.name has 11 characters, at most 10 are possible
          """)
  void refusesWhatIsTooLarge(String where, String message) {
    var parser = new WhereParser(SCHEMA, SMALL);

    assertThatThrownBy(() -> parser.parse(VMS.entity(), json(where), "where"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().code()).isEqualTo(ProblemCode.QUERY_TOO_COMPLEX))
        .hasMessageStartingWith(message);
  }

  @Test
  void saysWhichFilterItDoesNotSupport() {
    var images = SCHEMA.entity("ClusterImage");
    var parser = new WhereParser(SCHEMA, QueryLimits.DEFAULT);

    assertThatThrownBy(() -> parser.parse(images, json("{'version_semantic_lt': '6.0'}"), "where"))
        .isInstanceOf(ProblemException.class)
        .hasMessage("where.version_semantic_lt is not supported yet");
  }

  private static Condition parsed(String where) {
    return new WhereParser(SCHEMA, QueryLimits.DEFAULT).parse(VMS.entity(), json(where), "where");
  }

  private static com.fasterxml.jackson.databind.JsonNode json(String singleQuoted) {
    try {
      return new ObjectMapper().readTree(singleQuoted.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(singleQuoted, e);
    }
  }
}
