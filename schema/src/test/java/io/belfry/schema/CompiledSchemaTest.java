package io.belfry.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CompiledSchemaTest {
  private final Schema parsed = SchemaReader.read(SchemaFiles.bundled());

  @Test
  void holdsAllThatTheFilesSay() {
    assertThat(CompiledSchema.schema(CompiledSchema.bytes(parsed))).isEqualTo(parsed);
  }

  @Test
  void keepsTheOrderOfFields() {
    var read = CompiledSchema.schema(CompiledSchema.bytes(parsed));

    assertThat(read.entity("Vm").fields().keySet())
        .containsExactlyElementsOf(parsed.entity("Vm").fields().keySet());
  }

  @Test
  void holdsAllRights() {
    var rights = RightsReader.read(SchemaFiles.rights(), parsed);

    assertThat(CompiledSchema.rights(CompiledSchema.bytes(rights))).isEqualTo(rights);
  }

  @Test
  void isOfTheFilesOfThisBuild() {
    assertThat(Schema.bundled()).isEqualTo(parsed);
    assertThat(Rights.bundled()).isEqualTo(RightsReader.read(SchemaFiles.rights(), parsed));
  }
}
