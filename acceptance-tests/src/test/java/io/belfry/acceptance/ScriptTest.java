package io.belfry.acceptance;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// `./belfry` itself, with the jars that it runs, in a checkout that has just been built. Needs
/// what `mvn package` puts into `distribution/target/lib`.
final class ScriptTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @TempDir private static Path checkout;

  private static BelfryProcess server;

  @BeforeAll
  static void build() throws Exception {
    var lib = ROOT.resolve("distribution/target/lib");
    assertThat(lib).as("the jars that ./belfry runs: mvn package makes them").isDirectory();
    var target = Files.createDirectories(checkout.resolve("distribution/target"));
    Files.createSymbolicLink(target.resolve("lib"), lib);
    Files.createFile(target.resolve("built"));
    Files.createDirectory(checkout.resolve("scripts"));
    for (var script : List.of("belfry", "scripts/jdk.sh")) {
      Files.copy(ROOT.resolve(script), checkout.resolve(script));
    }
    server = BelfryProcess.start(checkout.resolve("data"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /// What a process said and how it ended.
  private record Ran(int exitCode, String out, String err) {}

  private static Ran belfry(Map<String, String> environment, String... words)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(checkout.resolve("belfry").toString()));
    command.addAll(List.of(words));
    return run(environment, command);
  }

  /// @param command may use `belfry` by its name
  private static Ran run(Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    var err = checkout.resolve("err");
    var builder = new ProcessBuilder(command).redirectError(err.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("HOME", checkout.toString());
    builder.environment().merge("PATH", checkout.toString(), (path, own) -> own + ":" + path);
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
  void drivesAServer() throws Exception {
    assertThat(belfry(login(), "vm", "count").out()).isEqualTo("100\n");
    assertThat(belfry(login(), "vm", "list", "--first", "1", "-o", "yaml").out()).startsWith("- ");
  }

  private static Map<String, String> login() {
    return Map.of(
        "BELFRY_URL",
        server.address(),
        "BELFRY_USER",
        BelfryProcess.USER,
        "BELFRY_PASSWORD",
        BelfryProcess.PASSWORD);
  }

  @Test
  void comparesRecordings() throws Exception {
    var recording = Files.writeString(checkout.resolve("calls.jsonl"), "").toString();

    var same = belfry("recording", "diff", recording, recording);

    assertThat(same.exitCode()).as(same.err()).isZero();
  }

  /// What each shell offers for `belfry vm sta`, a word a line. How zsh and fish show it is theirs;
  /// zsh's own `_describe` needs a terminal, so a function in its place prints what it is given.
  enum ShellUnderTest {
    BASH(
        """
        source <(belfry completion bash)
        COMP_WORDS=(belfry %s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _belfry; printf '%%s\n' "${COMPREPLY[@]}"
        """),
    ZSH(
        """
        compdef() { }
        _describe() { print -rl -- "${(@P)4}" }
        source <(belfry completion zsh)
        words=(belfry %s); CURRENT=${#words}; _belfry
        """),
    FISH(
        """
        belfry completion fish | source
        complete -C 'belfry %s'
        """);

    private final String script;

    ShellUnderTest(String script) {
      this.script = script;
    }

    List<String> command(String words) {
      var name = name().toLowerCase(Locale.ROOT);
      var flags = this == ZSH ? "-fc" : "-c";
      return List.of(name, flags, script.formatted(words));
    }

    boolean isInstalled() throws IOException, InterruptedException {
      var name = name().toLowerCase(Locale.ROOT);
      return new ProcessBuilder("sh", "-c", "command -v " + name).start().waitFor() == 0;
    }
  }

  /// `./verify` installs the shells where it may.
  @ParameterizedTest
  @EnumSource
  void completesInShells(ShellUnderTest shell) throws Exception {
    assumeThat(shell.isInstalled()).as("%s is installed", shell).isTrue();

    assertThat(offered(shell, Map.of(), "vm sta")).singleElement(as(STRING)).startsWith("start");
    assertThat(offered(shell, login(), "vm start web-0"))
        .anySatisfy(line -> assertThat(line).startsWith("web-01"))
        .allSatisfy(line -> assertThat(line).startsWith("web-0"));
  }

  private static List<String> offered(
      ShellUnderTest shell, Map<String, String> environment, String words) throws Exception {
    var ran = run(environment, shell.command(words));
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    return ran.out().lines().toList();
  }
}
