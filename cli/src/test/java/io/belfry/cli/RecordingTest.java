package io.belfry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.cli.shell.ExitCode;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.Credentials;
import io.belfry.sdk.api.VmApi;
import io.belfry.testing.BelfryServer;
import io.belfry.testing.ServerAccess;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `belfry recording`, as processes where it stays until it is stopped.
@BelfryServer(simulate = "20-vms")
final class RecordingTest {
  private final Shell shell = new Shell();

  @TempDir Path directory;

  /// A command that runs until it is stopped.
  private static final class Running implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    private final String url;

    Running(ServerAccess access, String... words) throws IOException {
      var command = new ArrayList<String>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.add(Main.class.getName());
      command.addAll(List.of(words));
      var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
      builder.environment().put("BELFRY_URL", access.url());
      builder.environment().put("BELFRY_USER", access.username());
      builder.environment().put("BELFRY_PASSWORD", access.password());
      process = builder.start();
      out = process.inputReader();
      url = String.valueOf(out.readLine());
    }

    long countVms() {
      try (var client = ApiClient.connect(url, Credentials.local("root", "of-the-tests"))) {
        return new VmApi(client).getVmsConnection().count();
      }
    }

    @Override
    public void close() throws IOException {
      process.destroy();
      try {
        process.waitFor();
      } catch (InterruptedException stopped) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
      out.close();
    }
  }

  @Test
  void recordsAndAnswersWithoutTheServer(ServerAccess access) throws IOException {
    var file = directory.resolve("calls.jsonl");
    try (var recorder = new Running(access, "recording", "record", file.toString())) {
      assertThat(recorder.countVms()).isEqualTo(20);
    }
    assertThat(file).content().contains("get-vms-connection").doesNotContain("of-the-tests");

    try (var replay = new Running(access, "recording", "replay", file.toString())) {
      assertThat(replay.countVms()).isEqualTo(20);
    }
  }

  @Test
  void saysHowRecordingsDiffer() throws IOException {
    var left = recording("left", "{\"count\": 1}");
    var right = recording("right", "{\"count\": \"1\"}");

    var ran = shell.run("recording", "diff", left, right);
    assertThat(ran.exitCode()).isEqualTo(ExitCode.DIFFERENT);
    assertThat(ran.lines()).containsExactly("POST /v2/api/get-vms #1  count: number | text");

    var json = shell.run("recording", "diff", left, right, "-o", "json").json();
    assertThat(json.get(0).get("place").asText()).isEqualTo("count");

    assertThat(shell.run("recording", "diff", left, left).exitCode()).isEqualTo(ExitCode.OK);
  }

  @Test
  void comparesValuesIfAskedTo() throws IOException {
    var left = recording("left", "{\"count\": 1}");
    var right = recording("right", "{\"count\": 2}");

    assertThat(shell.run("recording", "diff", left, right).out()).isEmpty();
    assertThat(shell.run("recording", "diff", left, right, "--values").lines())
        .containsExactly("POST /v2/api/get-vms #1  count: 1 | 2");
  }

  private String recording(String name, String answer) throws IOException {
    var line =
        """
        {"method": "POST", "path": "/v2/api/get-vms", "request": {}, "status": 200, "answer": %s, \
        "millis": 1}
        """
            .formatted(answer);
    return Files.writeString(directory.resolve(name), line).toString();
  }

  @Test
  void saysWhatIsWrongWithFilesAndPorts(ServerAccess access) throws IOException {
    shell
        .set("BELFRY_URL", access.url())
        .set("BELFRY_USER", access.username())
        .set("BELFRY_PASSWORD", access.password());
    var broken = Files.writeString(directory.resolve("broken"), "no json\n").toString();

    assertThat(shell.run("recording", "replay", "none").err()).contains("there is no file none");
    assertThat(shell.run("recording", "replay", broken).err()).contains("line 1");
    assertThat(shell.run("recording", "record", broken).err()).contains("exists");
    assertThat(shell.run("recording", "record", "new", "--port", "70000").err())
        .contains("--port must be at most 65535, not 70000");
    assertThat(shell.run("recording", "record", "new", "--port", "x").err())
        .contains("--port must be a whole number");
    assertThat(Path.of("new")).doesNotExist();
  }
}
