package io.belfry.operations.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.problem.ProblemException;
import io.belfry.schema.Schema;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The limits of bodies; what they mean for objects is told by the operations' tests.
class BodyCheckTest {
  private static final Schema SCHEMA = Schema.bundled();

  private final BodyCheck bodies = new BodyCheck(SCHEMA);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          'name': ''        | name   | body.data.name must have from 1 to 255 characters, not 0
          'name': '  '      | name   | body.data.name must have from 1 to 255 characters, not blanks only
          'vcpu': 0         | vcpu   | body.data.vcpu must be from 1 to 1024, not 0
          'cpu_cores': '-2' | cpu_cores | body.data.cpu_cores must be at least 1, not -2
          'memory': 0       | memory | body.data.memory, in bytes, must be at least 1, not 0
          """)
  void refusesWhatIsBeyondALimit(String field, String name, String message) {
    var problem = refused("update-vm-basic-info", "{'where': {}, 'data': {%s}}".formatted(field));
    assertThat(problem)
        .isEqualTo(
            new Problem(ProblemCode.OUT_OF_RANGE, message, Map.of("field", "body.data." + name)));
  }

  @Test
  void countsCharactersAsPeopleDo() {
    accepted("update-vm-basic-info", "{'where': {}, 'data': {'name': '%s'}}", "🔔".repeat(255));
    assertThat(
            refused(
                "update-vm-basic-info",
                "{'where': {}, 'data': {'name': '%s'}}".formatted("🔔".repeat(256))))
        .returns("body.data.name must have from 1 to 255 characters, not 256", Problem::message);
  }

  @ParameterizedTest
  @CsvSource({"64, TB", "65536, GB", "70368744177664, B"})
  void comparesInTheBaseUnit(long size, String unit) {
    var body =
        """
        [{'cluster_id': 'c', 'name': 'n', 'elf_storage_policy': 'REPLICA_2_THIN_PROVISION',
          'sharing': false, 'size': %s, 'size_unit': '%s'}]
        """;
    accepted("create-vm-volume", body.formatted(size, unit), "");
    assertThat(refused("create-vm-volume", body.formatted(size + 1, unit)))
        .returns(
            "body[0].size, in bytes, must be from 1 to 70368744177664, not %s %s"
                .formatted(size + 1, unit),
            Problem::message);
  }

  @Test
  void refusesWhatNoNumberOfBytesIs() {
    assertThat(
            refused(
                "update-vm-basic-info",
                "{'where': {}, 'data': {'memory': 9000000000000000000, 'memory_unit': 'PB'}}"))
        .returns(
            "body.data.memory, in bytes, must be at most 9223372036854775807, not"
                + " 9000000000000000000 PB",
            Problem::message);
  }

  @Test
  void refusesAFractionThatIsNoNumber() {
    assertThat(refused("update-task", "{'where': {}, 'data': {'progress': 1e999}}"))
        .returns(ProblemCode.WRONG_TYPE, Problem::code)
        .returns(Map.of("field", "body.data.progress"), Problem::details);
  }

  @Test
  void limitsListsAndEachOfTheirItems() {
    assertThat(refused("remove-vm-nic", "{'where': {}, 'data': {'nic_index': [0, 16]}}").message())
        .isEqualTo("body.data.nic_index[1] must be from 0 to 15, not 16");
    var nics = "{'where': {}, 'data': {'vm_nics': [%s]}}";
    accepted("add-vm-nic", nics, "{}" + ",{}".repeat(15));
    assertThat(refused("add-vm-nic", nics.formatted("{}" + ",{}".repeat(16))).message())
        .isEqualTo("body.data.vm_nics must have at most 16 elements, not 17");
  }

  @Test
  void leavesToTheTaskWhatIsToldLate() {
    accepted(
        "create-vm-from-content-library-template",
        """
        [{'template_id': 't', 'cluster_id': 'c', 'name': 'n', 'is_full_copy': false,
          'cloud_init': {'nameservers': [%s]}}]
        """,
        "'1.1.1.1', '1.1.1.1', '1.1.1.1', '1.1.1.1'");
  }

  @Test
  void neverShowsAPassword() {
    var password = "secret".repeat(200);
    assertThat(refused("create-root-user", "{'password': '%s'}".formatted(password)).message())
        .isEqualTo("body.password must have from 1 to 1024 characters, not 1200");
  }

  private void accepted(String path, String body, String inserted) {
    var json = json(body.formatted(inserted));
    assertThat(json(check(path, json).toString())).isEqualTo(json);
  }

  private Problem refused(String path, String body) {
    var json = json(body);
    return catchThrowableOfType(ProblemException.class, () -> check(path, json)).problem();
  }

  private JsonNode check(String path, JsonNode body) {
    var operation = Objects.requireNonNull(SCHEMA.operations().get(path), path);
    return bodies.check(operation.bodyUse().orElseThrow(), body);
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
