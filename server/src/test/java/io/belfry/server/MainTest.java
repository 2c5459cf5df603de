package io.belfry.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void namesTheNearestOption() {
    assertThat(run("up", "--prot", "8080")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("no option --prot", "--port");
  }

  @Test
  void namesTheNearestSetting() throws IOException {
    var file = Files.writeString(folder.resolve("belfry.properties"), "data-dri = x\n");

    assertThat(run("up", "--config", file.toString())).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("no setting data-dri", "data-dir");
  }

  @Test
  void saysWhatAnOptionWants() {
    assertThat(run("up", "--simulate", "huge")).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("--simulate is huge", "small, medium, large");
  }

  @Test
  void listsItsOptions() {
    assertThat(run("up", "--help")).isZero();
    assertThat(out.toString(UTF_8)).contains("Usage: belfry up", "--data-dir", "BELFRY_DATA_DIR");
  }

  @Test
  void tellsItsVersion() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString(UTF_8)).contains("API 4.8.0");
  }

  @Test
  void refusesAnUnknownCommand() {
    assertThat(run("down")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("no command down");
  }

  private int run(String... arguments) {
    var main = new Main(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    return main.run(List.of(arguments), Map.of());
  }
}
