package io.belfry.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.belfry.problem.ProblemCode;
import io.belfry.problem.ProblemException;
import io.belfry.schema.Entity;
import io.belfry.schema.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListRequestParserTest {
  private static final Schema SCHEMA = Schema.bundled();
  private static final Entity VM = SCHEMA.entity("Vm");
  private static final ListRequestParser PARSER =
      new ListRequestParser(
          SCHEMA, QueryLimits.DEFAULT, new WhereParser(SCHEMA, QueryLimits.DEFAULT));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "{}",
        "{\"where\": null, \"orderBy\": null, \"skip\": null, \"first\": null, \"after\": null}",
        "{\"after\": \"\", \"before\": \"\"}"
      })
  void asksForEverythingById(String body) {
    assertThat(parsed(body)).isEqualTo(ListRequest.of(VM, Condition.everything()));
  }

  @Test
  void readsOrderAndPaging() {
    var request =
        parsed("{\"orderBy\": \"name_DESC\", \"first\": \"50\", \"skip\": 50.0, \"after\": \"a\"}");

    assertThat(request.order()).isEqualTo(new Order(VM.field("name"), true));
    assertThat(request.paging()).isEqualTo(new Paging(50, null, 50, "a", null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [1]                         | WRONG_TYPE       | body must be an object, { … }, not [1]
          {"wher": {}}                | UNKNOWN_FIELD    | wher: GetVmsRequestBody has no such field; did you mean where?
          {"orderBy": "nmae_ASC"}     | UNKNOWN_CONSTANT | orderBy must be name_ASC, not "nmae_ASC"
          {"orderBy": "host_ASC"}     | UNKNOWN_CONSTANT | orderBy must be
          {"orderBy": ["name_ASC"]}   | UNKNOWN_CONSTANT | orderBy must be
          {"first": -1}               | WRONG_TYPE       | first must be a whole number from 0 to 2147483647, not -1
          {"skip": "x"}               | WRONG_TYPE       | skip must be a whole number
          {"first": 1, "last": 2}     | OUT_OF_RANGE     | first is 1 and last is 2: give only one of them
          {"after": 7}                | WRONG_TYPE       | after must be a string, not 7
          """)
  void refusesAndTellsWhere(String body, ProblemCode code, String message) {
    assertThatThrownBy(() -> parsed(body))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().code()).isEqualTo(code))
        .hasMessageStartingWith(message);
  }

  private static ListRequest parsed(String body) {
    try {
      return PARSER.parse(VM, new ObjectMapper().readTree(body));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(body, e);
    }
  }
}
