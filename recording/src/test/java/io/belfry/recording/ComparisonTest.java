package io.belfry.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.recording.Comparison.Difference;
import io.belfry.sdk.Json;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ComparisonTest {
  private static final String CALL = "POST /v2/api/get-vms #1";

  private static RecordedCall call(int status, String answer) {
    return new RecordedCall(
        "POST",
        "/v2/api/get-vms",
        Json.object(),
        status,
        "application/json",
        Json.parse(answer),
        1);
  }

  private static Recording recording(String... answers) {
    return new Recording(Stream.of(answers).map(answer -> call(200, answer)).toList());
  }

  private static List<Difference> shapes(String left, String right) {
    return Comparison.shapes(recording(left), recording(right));
  }

  @Test
  void takesOtherValuesOfTheSameTypesForTheSame() {
    assertThat(
            shapes(
                "[{\"id\": \"a\", \"cpu\": {\"cores\": 1}, \"disks\": [{\"id\": \"d\"}]}]",
                "[{\"cpu\": {\"cores\": 2.5}, \"disks\": [], \"id\": \"b\"}, {\"id\": \"c\"}]"))
        .isEmpty();
  }

  @Test
  void namesFieldsThatOnlyOneHas() {
    assertThat(shapes("[{\"cpu\": {\"cores\": 1}}]", "[{\"cpu\": {\"sockets\": 1}}]"))
        .containsExactly(
            new Difference(CALL, "[].cpu.cores", "number", "nothing"),
            new Difference(CALL, "[].cpu.sockets", "nothing", "number"));
  }

  @Test
  void namesValuesOfAnotherType() {
    assertThat(shapes("{\"size\": 1}", "{\"size\": \"1\"}"))
        .containsExactly(new Difference(CALL, "size", "number", "text"));
    assertThat(shapes("[]", "{}")).containsExactly(new Difference(CALL, "body", "list", "object"));
  }

  @Test
  void concludesNothingFromNullAndEmptyLists() {
    assertThat(shapes("[{\"host\": null}]", "[{\"host\": {\"id\": \"a\"}}]")).isEmpty();
    assertThat(shapes("[]", "[{\"id\": \"a\"}]")).isEmpty();
  }

  @Test
  void namesAnotherStatus() {
    var left = new Recording(List.of(call(200, "{}")));
    var right = new Recording(List.of(call(404, "{}")));

    assertThat(Comparison.shapes(left, right))
        .containsExactly(new Difference(CALL, "status", "200", "404"));
  }

  @Test
  void namesCallsThatOnlyOneHas() {
    assertThat(Comparison.shapes(recording("{}"), recording("{}", "[]")))
        .containsExactly(
            new Difference("POST /v2/api/get-vms #2", "call", "nothing", "status 200"));
  }

  @Test
  void comparesValuesIfAskedTo() {
    var left = recording("{\"a\": 1, \"b\": [1, {\"c\": 2}], \"d\": true}");
    var right = recording("{\"a\": 1, \"b\": [1, {\"c\": 3}, 4]}");

    assertThat(Comparison.values(left, right))
        .containsExactly(
            new Difference(CALL, "b[1].c", "2", "3"),
            new Difference(CALL, "b[2]", "nothing", "4"),
            new Difference(CALL, "d", "true", "nothing"));
  }
}
