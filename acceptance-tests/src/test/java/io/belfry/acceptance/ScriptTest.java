package io.belfry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./belfry` itself, with the jars that it runs, in a checkout that has just been built. Needs
/// what `mvn package` puts into `distribution/target/lib`.
final class ScriptTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @TempDir private static Path checkout;

  @BeforeAll
  static void build() throws IOException {
    var lib = ROOT.resolve("distribution/target/lib");
    assertThat(lib).as("the jars that ./belfry runs: mvn package makes them").isDirectory();
    var target = Files.createDirectories(checkout.resolve("distribution/target"));
    Files.createSymbolicLink(target.resolve("lib"), lib);
    Files.createFile(target.resolve("built"));
    Files.createDirectory(checkout.resolve("scripts"));
    for (var script : List.of("belfry", "scripts/jdk.sh")) {
      Files.copy(ROOT.resolve(script), checkout.resolve(script));
    }
  }

  /// What a process said and how it ended.
  private record Ran(int exitCode, String out, String err) {}

  private static Ran belfry(Map<String, String> environment, String... words)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(checkout.resolve("belfry").toString()));
    command.addAll(List.of(words));
    var err = checkout.resolve("err");
    var builder = new ProcessBuilder(command).redirectError(err.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("HOME", checkout.toString());
    builder.environment().putAll(environment);
    var process = builder.start();
    process.getOutputStream().close();
    var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ran(process.waitFor(), out, Files.readString(err));
  }

  private static Ran belfry(String... words) throws IOException, InterruptedException {
    return belfry(Map.of(), words);
  }

  @Test
  void saysWhatItCanDo() throws Exception {
    assertThat(belfry("help").out()).contains("up ", "demo ", "Environment:");
    assertThat(belfry().out()).isEqualTo(belfry("help").out());
    assertThat(belfry("--help").out()).contains("login", "recording", "dashboard");
    assertThat(belfry("vm", "start", "--help").out()).contains("Calls start-vm");
  }

  @Test
  void passesOnTheExitCode() throws Exception {
    var wrong = belfry("vms");

    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("there is no command 'belfry vms'");
  }

  @Test
  void drivesAServer(@TempDir Path folder) throws Exception {
    try (var server = BelfryProcess.start(folder.resolve("script"))) {
      var login =
          Map.of(
              "BELFRY_URL",
              server.address(),
              "BELFRY_USER",
              BelfryProcess.USER,
              "BELFRY_PASSWORD",
              BelfryProcess.PASSWORD);

      assertThat(belfry(login, "vm", "count").out()).isEqualTo("100\n");
      assertThat(belfry(login, "vm", "list", "--first", "1", "-o", "yaml").out()).startsWith("- ");
    }
  }

  @Test
  void comparesRecordings() throws Exception {
    var recording = Files.writeString(checkout.resolve("calls.jsonl"), "").toString();

    var same = belfry("recording", "diff", recording, recording);

    assertThat(same.exitCode()).as(same.err()).isZero();
  }

  @Test
  void printsCompletion() throws Exception {
    assertThat(belfry("completion", "bash").out()).contains("belfry", "complete");
  }
}
