package io.belfry.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Main;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// All Java here is formatted by google-java-format. `./format` runs this test with
/// `-Dformat.write=true`, which formats instead of complaining.
class FormatTest {
  private static final String MODE = Boolean.getBoolean("format.write") ? "--replace" : "--dry-run";

  @Test
  void javaIsFormatted() throws Exception {
    var sources =
        RepositoryFiles.trackedAndNew().javaSources().map(file -> file.path().toString()).toList();

    assertThat(format(MODE, sources)).as("not formatted, run ./format").isEmpty();
  }

  @Test
  void findsWhatIsNotFormatted(@TempDir Path folder) throws Exception {
    var wrong = Files.writeString(folder.resolve("Wrong.java"), "class Wrong{ }\n");

    assertThat(format("--dry-run", List.of(wrong.toString()))).contains("Wrong.java");
  }

  /// What the formatter prints: names of files that it would change, and complaints.
  private static String format(String mode, List<String> sources) throws Exception {
    var output = new StringWriter();
    var arguments = new ArrayList<>(List.of(mode));
    arguments.addAll(sources);
    try (var writer = new PrintWriter(output)) {
      var nothing = new ByteArrayInputStream(new byte[0]);
      new Main(writer, writer, nothing).format(arguments.toArray(String[]::new));
    }
    return output.toString();
  }
}
