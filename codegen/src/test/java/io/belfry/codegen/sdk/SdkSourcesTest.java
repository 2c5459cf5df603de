package io.belfry.codegen.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.codegen.GeneratedFiles;
import io.belfry.schema.Operation;
import io.belfry.schema.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SdkSourcesTest {
  /// Run with `-Drecreate=true` to accept what is generated now.
  private static final boolean RECREATE = Boolean.getBoolean("recreate");

  private static final Path GOLDEN = Path.of("src/test/resources/golden/sdk");
  private static final Schema SCHEMA = Schema.bundled();
  private static final Map<String, String> GENERATED = generated(SCHEMA);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model/VmDisk",
        "model/GlobalAlertRule",
        "model/NestedTask",
        "model/Capacity",
        "model/MetricSample",
        "model/GetZoneMetricInputType",
        "model/VmMigrateParams",
        "model/VmUpdateParamsData",
        "api/ApiInfoApi",
        "api/OvfApi",
        "api/VmFolderApi"
      })
  void generatesWhatWasReviewed(String type) throws IOException {
    var generated = GENERATED.get(path(type));
    var golden = GOLDEN.resolve(type + ".java");
    if (RECREATE) {
      Files.createDirectories(golden.getParent());
      Files.writeString(golden, generated);
    }
    assertThat(generated).isEqualTo(Files.readString(golden));
  }

  @Test
  void hasAMethodForEveryOperationNowAndLater() {
    for (var operation : SCHEMA.operations().values()) {
      var api = GENERATED.get(path("api/" + operation.group() + "Api"));
      assertThat(api).contains("client.call(" + call(operation));
      assertThat(api).contains("client.callAsync(" + call(operation));
    }
  }

  private static String call(Operation operation) {
    var answer = AnswerOf.operation(SCHEMA, operation).operation().toString();
    return answer.replaceAll("io\\.belfry\\.sdk\\.(model\\.)?", "") + ", body)";
  }

  @Test
  void hasAClassForEveryEntityAndEnum() {
    SCHEMA.entities().keySet().forEach(name -> assertThat(GENERATED).containsKey(model(name)));
    SCHEMA.enums().keySet().forEach(name -> assertThat(GENERATED).containsKey(model(name)));
  }

  @Test
  void leavesOutWhatNoOperationUses() {
    assertThat(GENERATED).doesNotContainKey(model("ErrorBody"));
  }

  @Test
  void namesMembersAsJavaDoes() {
    assertThat(Names.member("ha_priority")).isEqualTo("haPriority");
    assertThat(Names.member("protected")).isEqualTo("protected_");
    assertThat(Names.member("Iscsi_lun_snapshots")).isEqualTo("iscsiLunSnapshots");
    assertThat(Names.handle("entityAsyncStatus")).isEqualTo("ENTITY_ASYNC_STATUS");
    assertThat(Names.handle("ha_priority")).isEqualTo("HA_PRIORITY");
  }

  @Test
  void generatesTheSameFromTheSameSchema() {
    assertThat(generated(Schema.bundled())).isEqualTo(GENERATED);
  }

  private static Map<String, String> generated(Schema schema) {
    var files = new GeneratedFiles();
    new SdkSources().generate(schema, files);
    return files.byPath().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, file -> new String(file.getValue(), UTF_8)));
  }

  private static String model(String name) {
    return path("model/" + name);
  }

  private static String path(String type) {
    return "io/belfry/sdk/" + type + ".java";
  }
}
