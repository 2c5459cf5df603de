package io.belfry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.testing.BelfryServer;
import io.belfry.testing.ServerAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Types what `docs/cli.md` shows, and sees what it shows. There, `…` stands for anything within a
/// line, and for any lines if it stands alone.
@BelfryServer
final class SessionTest {
  private static final Path DOCUMENT = Path.of("../docs/cli.md");
  private static final String SERVER = "http://localhost:8080";
  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

  @TempDir private Path config;

  private record Step(String command, List<String> shown) {}

  @Test
  void theDocumentIsTrueToTheLetter(ServerAccess server) throws IOException {
    var shell = new Shell().set("XDG_CONFIG_HOME", config.toString()).answer(server.password());
    var root = server.url().replace("/v2/api", "");
    var steps = steps();
    assertThat(steps).hasSizeGreaterThan(10);
    for (var step : steps) {
      var ran = shell.run(words(step.command().replace(SERVER, root)));
      var shown = (ran.err() + ran.out()).replace(root, SERVER);
      assertThat(shown).as(step.command()).matches(pattern(step.shown()));
    }
  }

  private static List<Step> steps() throws IOException {
    var steps = new ArrayList<Step>();
    var inBlock = false;
    for (var line : Files.readAllLines(DOCUMENT)) {
      if (line.startsWith("```")) {
        inBlock = line.equals("```console");
      } else if (inBlock && line.startsWith("$ belfry ")) {
        steps.add(new Step(line.substring("$ belfry ".length()), new ArrayList<>()));
      } else if (inBlock) {
        steps.getLast().shown().add(line);
      }
    }
    return steps;
  }

  private static String[] words(String command) {
    return WORD.matcher(command)
        .results()
        .map(word -> Stream.of(1, 2, 3).map(word::group).filter(Objects::nonNull).findFirst())
        .map(Optional::orElseThrow)
        .toArray(String[]::new);
  }

  private static String pattern(List<String> shown) {
    return shown.stream()
        .map(line -> line.equals("…") ? "(?s:.*)" : pattern(line) + "\\R")
        .collect(Collectors.joining());
  }

  private static String pattern(String line) {
    return Arrays.stream(line.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
  }
}
