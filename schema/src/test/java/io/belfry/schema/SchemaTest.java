package io.belfry.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SchemaTest {
  private final Schema schema = Schema.bundled();

  @Test
  void readsTheWholeApi() {
    assertThat(schema.entities().keySet()).hasSize(143);
    assertThat(schema.operations().keySet()).hasSize(573);
  }

  @Test
  void describesEveryEntityEnumAndOperation() {
    assertThat(schema.entities().values()).filteredOn(each -> each.doc().isEmpty()).isEmpty();
    assertThat(schema.enums().values()).filteredOn(each -> each.doc().isEmpty()).isEmpty();
    assertThat(schema.operations().values()).filteredOn(each -> each.doc().isEmpty()).isEmpty();
  }

  @Test
  void keepsItsFilesSorted() {
    for (var file : SchemaFiles.bundled().texts()) {
      for (var kind : List.of("type \\w+ @entity", "type \\w+ (?!@entity)", "input", "enum")) {
        assertThat(definitions(file.text(), kind)).as("%s: %s", file.name(), kind).isSorted();
      }
    }
  }

  private static List<String> definitions(String text, String kind) {
    return Pattern.compile("^%s.*".formatted(kind), Pattern.MULTILINE)
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .map(line -> line.split(" ")[1])
        .filter(name -> !name.equals("Operation"))
        .toList();
  }
}
