package io.belfry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the README shows for the first five minutes works, word for word. Only the address of the
/// server and the place of the SDK are other ones here.
final class ReadmeTest {
  private static final Pattern BLOCK = Pattern.compile("```(\\w+)\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern COMMENT = Pattern.compile(" {2,}# .*");

  @TempDir private static Path folder;
  private static BelfryProcess belfry;
  private static PythonEnvironment python;
  private static List<String> blocks;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    blocks = blocks("README.md");
    python = PythonEnvironment.ofOfficialSdk();
    belfry = BelfryProcess.startPlain(folder.resolve(".belfry"));
  }

  @AfterAll
  static void stop() {
    belfry.close();
  }

  private static List<String> blocks(String readme) throws IOException {
    var text = Files.readString(Path.of("..", readme));
    return BLOCK.matcher(text).results().map(ReadmeTest::block).toList();
  }

  private static String block(MatchResult block) {
    return COMMENT.matcher(block.group(2)).replaceAll("");
  }

  /// The only block that contains this.
  private static String block(String part) {
    return blocks.stream()
        .filter(block -> block.contains(part))
        .reduce((one, other) -> {
          throw new IllegalStateException("two blocks contain " + part);
        })
        .map(block -> block.replace("http://127.0.0.1:8080", belfry.address()))
        .orElseThrow();
  }

  @Test
  void curlFindsAndStartsVmsAndFollowsChanges() throws Exception {
    var curl = block("api=");
    var login = curl.substring(0, curl.indexOf("curl -s $api/get-vms"));
    var follow = process(bash(login + block("/v2/events")));
    try (var events = follow.inputReader()) {
      assertThat(events.readLine()).isNotNull();

      assertThat(output(bash(curl)))
          .contains(
              "\"status\":\"STOPPED\"", "\"task_id\":\"", "\"resource_mutation\":\"startVm\"");

      assertThat(events.lines().filter(line -> line.contains("\"Task\"")).findFirst()).isPresent();
    } finally {
      follow.descendants().forEach(ProcessHandle::destroy);
      follow.destroy();
    }
  }

  @Test
  void aJavaProgramStartsVms() throws Exception {
    Files.writeString(folder.resolve("First.java"), block("public class First"));
    var command =
        block("First.java \"$(cat").replaceFirst("-cp \"\\$\\([^)]*\\)\"", "-cp \"\\$SDK\"");

    assertThat(output(bash(command))).contains(" is RUNNING").doesNotContain("Exception");
  }

  @Test
  void theOfficialPythonSdkSuspendsVms() throws Exception {
    var program = block("from cloudtower import ApiClient");

    assertThat(output(List.of(python.interpreter(), "-c", program))).contains("'SUSPENDED'");
  }

  @Test
  void theChineseOneShowsTheSame() throws IOException {
    var chinese =
        blocks("README.zh-CN.md").stream()
            .map(block -> block.replace(" -H 'content-language: zh-CN' \\\n  -d", " -d"))
            .toList();

    assertThat(chinese).isEqualTo(blocks("README.md"));
  }

  private static List<String> bash(String script) {
    return List.of("bash", "-euo", "pipefail", "-c", script);
  }

  private static Process process(List<String> command) throws IOException {
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    var java = Path.of(System.getProperty("java.home"), "bin");
    var environment = builder.environment();
    environment.put("SDK", System.getProperty("java.class.path"));
    environment.put("PATH", java + ":" + environment.get("PATH"));
    return builder.start();
  }

  private static String output(List<String> command) throws IOException, InterruptedException {
    var process = process(new ArrayList<>(command));
    process.getOutputStream().close();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
