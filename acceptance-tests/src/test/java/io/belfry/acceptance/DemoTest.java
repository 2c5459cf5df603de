package io.belfry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program of `./belfry demo` on a terminal and elsewhere.
final class DemoTest {
  private static final Path TERMINAL = Path.of("src/test/python/terminal.py").toAbsolutePath();
  private static final String CLEAR_LINE = "\r\u001b[K";
  private static final Pattern PROGRESS = Pattern.compile(" {3}\\[#*\\.*] .*");
  private static final Pattern DONE = Pattern.compile(" {3}\\[#*] .*");

  private static BelfryProcess belfry;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    belfry = BelfryProcess.startBrisk(folder.resolve("brisk"));
  }

  @AfterAll
  static void stop() {
    belfry.close();
  }

  @Test
  void drawsProgressInPlaceOnATerminal() throws Exception {
    var command = new ArrayList<>(List.of("python3", TERMINAL.toString()));
    command.addAll(demo());

    var shown = shown(command);

    assertThat(shown).containsPattern(Pattern.quote(CLEAR_LINE) + " {3}\\[#*\\.+] ");
    assertThat(left(shown))
        .filteredOn(PROGRESS.asMatchPredicate())
        .isNotEmpty()
        .allMatch(DONE.asMatchPredicate());
  }

  @Test
  void writesWholeLinesElsewhere() throws Exception {
    var shown = shown(demo());

    assertThat(shown).doesNotContain("\r", "\u001b");
    assertThat(shown.lines())
        .filteredOn(PROGRESS.asMatchPredicate())
        .isNotEmpty()
        .allMatch(DONE.asMatchPredicate());
  }

  private static List<String> demo() {
    return BelfryProcess.java(
        "io.belfry.examples.demo.DemoMain",
        belfry.url(),
        BelfryProcess.USER,
        BelfryProcess.PASSWORD);
  }

  private static String shown(List<String> command) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    process.getOutputStream().close();
    var shown = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(shown).isZero();
    return shown;
  }

  /// What a terminal still shows in the end, if no line is wider than it. It ends lines with
  /// `\r\n`.
  private static List<String> left(String shown) {
    return Arrays.stream(shown.split("\r?\n"))
        .map(line -> line.substring(line.lastIndexOf('\r') + 1).replace("\u001b[K", ""))
        .toList();
  }
}
