package io.belfry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.cli.catalogue.Catalogue;
import io.belfry.cli.shell.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What documents say of commands is so.
final class DocumentsTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern COMMAND = Pattern.compile("\\./belfry ([a-z-]+)(?: ([a-z-]+))?");
  private static final Pattern SCRIPT_COMMAND = Pattern.compile("(?m)^  ([a-z]+)  +\\S");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "README.zh-CN.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "docs/operating.md",
        "docs/testing.md",
        "belfry"
      })
  void namesCommandsThatExist(String document) throws IOException {
    var ofTheScript = commandsOfTheScript();
    for (var found : COMMAND.matcher(text(document)).results().toList()) {
      if (!ofTheScript.contains(found.group(1)) && !found.group(1).startsWith("--")) {
        assertThat(helpFor(found.group(1), found.group(2)))
            .as(found.group())
            .isEqualTo(ExitCode.OK);
      }
    }
  }

  /// The second word is a verb if the first is a group.
  private static ExitCode helpFor(String command, String verb) {
    var words =
        new Catalogue().groups().contains(command)
            ? List.of(command, verb, "--help")
            : List.of(command, "--help");
    return new Shell().run(words.toArray(String[]::new)).exitCode();
  }

  @Test
  void theScriptKeepsItsOwnCommands() throws IOException {
    assertThat(commandsOfTheScript()).containsExactlyInAnyOrder("up", "demo", "build", "help");
  }

  private static Set<String> commandsOfTheScript() throws IOException {
    return SCRIPT_COMMAND
        .matcher(text("belfry"))
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toSet());
  }

  private static String text(String document) throws IOException {
    return Files.readString(ROOT.resolve(document));
  }
}
