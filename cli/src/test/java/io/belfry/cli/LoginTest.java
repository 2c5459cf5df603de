package io.belfry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.cli.shell.ExitCode;
import io.belfry.testing.BelfryServer;
import io.belfry.testing.ServerAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@BelfryServer
final class LoginTest {
  private final Shell shell = new Shell();
  private ServerAccess server;
  @TempDir private Path config;

  @BeforeEach
  void start(ServerAccess access) {
    server = access;
    shell.set("XDG_CONFIG_HOME", config.toString());
  }

  private Shell.Ran logIn(String... further) {
    var words = new String[5 + further.length];
    System.arraycopy(
        new String[] {"login", server.url(), "--user", server.username(), "--password-stdin"},
        0,
        words,
        0,
        5);
    System.arraycopy(further, 0, words, 5, further.length);
    return shell.input(server.password() + "\n").run(words);
  }

  @Test
  void keepsATokenForItsOwnerOnlyAndNeverThePassword() throws IOException {
    var ran = logIn();
    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(ExitCode.OK);
    var file = config.resolve("belfry/127.0.0.1.properties");
    assertThat(Files.readString(file)).contains("token=").doesNotContain(server.password());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(shell.run("cluster", "count").exitCode()).isEqualTo(ExitCode.OK);
  }

  @Test
  void asksForWhatWasNotSaid() {
    var ran =
        shell.answer(server.url()).answer(server.username()).answer(server.password()).run("login");
    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(ExitCode.OK);
    assertThat(shell.run("cluster", "count").exitCode()).isEqualTo(ExitCode.OK);
  }

  @Test
  void severalServersAreToldApartByName() {
    logIn("--context", "one");
    logIn("--context", "two");
    assertThat(shell.run("context", "list").lines())
        .containsExactly("  one  " + server.url(), "* two  " + server.url());
    shell.run("context", "use", "one");
    assertThat(shell.run("context", "list", "-o", "json").json().get(0).get("current").asBoolean())
        .isTrue();
    assertThat(shell.run("context", "show", "one").out())
        .contains(server.url())
        .doesNotContain("token");
    shell.run("context", "remove", "one");
    var without = shell.run("vm", "list");
    assertThat(without.exitCode()).isEqualTo(ExitCode.UNAUTHORIZED);
    assertThat(without.err()).contains("belfry login");
    assertThat(shell.run("cluster", "count", "--context", "two").exitCode()).isEqualTo(ExitCode.OK);
    assertThat(shell.run("cluster", "count", "--context", "three").err())
        .contains("no context 'three', only two");
  }

  @Test
  void aServerFromTheEnvironmentIsNotSentTheTokenOfAnother() {
    logIn();
    var ran = shell.set("BELFRY_URL", server.url()).run("cluster", "count");
    assertThat(ran.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err()).contains("BELFRY_USER");
  }

  @Test
  void wrongPasswordsKeepNothing() {
    var ran = shell.answer("wrong").run("login", server.url(), "--user", server.username());
    assertThat(ran.exitCode()).isIn(ExitCode.UNAUTHORIZED, ExitCode.REFUSED);
    assertThat(config).isEmptyDirectory();
    assertThat(shell.run("login", "--user", "x").err()).contains("nobody can be asked");
  }

  @ParameterizedTest
  @CsvSource({
    "--proxy, nonsense, BELFRY_PROXY",
    "--proxy, http://127.0.0.1:1, no connection",
    "--pin-certificate, AB:CD, BELFRY_PIN_CERTIFICATE",
    "--trust-pem, none.pem, BELFRY_TRUST_PEM"
  })
  void waysThatLeadNowhereKeepNothing(String option, String value, String said) {
    var ran = logIn(option, value);
    assertThat(ran.exitCode()).isNotEqualTo(ExitCode.OK);
    assertThat(ran.err()).contains(said);
    assertThat(config).isEmptyDirectory();
  }

  @Test
  void pinsAreNotForPlainConnections() {
    var ran = logIn("--pin-certificate", "00".repeat(32));
    assertThat(ran.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err()).contains("https");
    assertThat(config).isEmptyDirectory();
  }
}
