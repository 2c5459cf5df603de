package io.belfry.testing.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// `docs/testing.md` shows a test that is one of ours.
final class DocumentTest {
  private static final Path FIRST =
      Path.of("src/test/java/io/belfry/testing/example/FirstTest.java");

  @Test
  void theFirstTestIsAsTheDocumentShowsIt() throws IOException {
    var source = Files.readString(FIRST);
    var shown = source.substring(source.indexOf("import static"));

    assertThat(Path.of("../docs/testing.md")).content().contains("```java\n" + shown + "```");
  }
}
