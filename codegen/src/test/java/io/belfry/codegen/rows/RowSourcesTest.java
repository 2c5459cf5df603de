package io.belfry.codegen.rows;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.codegen.GeneratedFiles;
import io.belfry.schema.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowSourcesTest {
  /// Run with `-Drecreate=true` to accept what is generated now.
  private static final boolean RECREATE = Boolean.getBoolean("recreate");

  private static final Path GOLDEN = Path.of("src/test/resources/golden/rows");
  private static final Schema SCHEMA = Schema.bundled();

  @ParameterizedTest
  @ValueSource(
      strings = {"VmDiskRow", "VmDiskEdit", "AlertRow", "AlertEdit", "GetZoneMetricInputType"})
  void generatesWhatWasReviewed(String type) throws IOException {
    var generated = generated(SCHEMA).get(path(type));
    var golden = GOLDEN.resolve(type + ".java");
    if (RECREATE) {
      Files.createDirectories(GOLDEN);
      Files.writeString(golden, generated);
    }
    assertThat(generated).isEqualTo(Files.readString(golden));
  }

  @Test
  void makesARowAndAnEditForEveryEntityAndAnEnumForEveryEnum() {
    var types = 2 * SCHEMA.entities().size() + SCHEMA.enums().size();
    assertThat(generated(SCHEMA)).hasSize(types + 1).containsKey(path("package-info"));
  }

  @Test
  void escapesWordsOfJavaAndOfEveryRow() {
    assertThat(Names.member("package")).isEqualTo("package_");
    assertThat(Names.member("values")).isEqualTo("values_");
    assertThat(Names.member("ha_priority")).isEqualTo("haPriority");
    assertThat(Names.member("entityAsyncStatus")).isEqualTo("entityAsyncStatus");
  }

  @Test
  void generatesTheSameFromTheSameSchema() {
    assertThat(generated(SCHEMA)).isEqualTo(generated(Schema.bundled()));
  }

  private static Map<String, String> generated(Schema schema) {
    var files = new GeneratedFiles();
    new RowSources().generate(schema, files);
    return files.byPath().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, file -> new String(file.getValue(), UTF_8)));
  }

  private static String path(String type) {
    return "io/belfry/store/rows/" + type + ".java";
  }
}
