package io.belfry.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SchemaTest {
  private final Schema schema = Schema.bundled();

  @Test
  void readsTheWholeApi() {
    assertThat(schema.entities().keySet()).hasSize(143);
    assertThat(schema.operations().keySet()).hasSize(573);
  }
}
