package io.belfry.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.datacenter.SimulationSize;
import io.belfry.hypervisor.simulator.SimulationSpeed;
import io.belfry.problem.ProblemException;
import io.belfry.server.tls.TlsSource;
import io.belfry.store.database.DatabaseLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class UpCommandTest {
  @TempDir Path folder;

  @Test
  void needsNoOption() {
    var settings = settings(Map.of());

    assertThat(settings.listen().port()).isEqualTo(8080);
    assertThat(settings.listen().address().getHostAddress()).isEqualTo("127.0.0.1");
    assertThat(settings.folder()).isEqualTo(Path.of(".belfry"));
    assertThat(settings.database()).isInstanceOf(DatabaseLocation.Embedded.class);
    assertThat(settings.simulation().size()).contains(SimulationSize.SMALL);
    assertThat(settings.simulation().speed()).isEqualTo(SimulationSpeed.FAST);
    assertThat(settings.listen().tls()).isEmpty();
    assertThat(settings.rootPassword()).isEmpty();
  }

  @Test
  void prefersTheCommandLineToTheEnvironmentAndThatToTheFile() throws IOException {
    var file =
        Files.writeString(
            folder.resolve("belfry.properties"), "port = 1\nseed = 2\nspeed = real\n");
    var environment = Map.of("BELFRY_PORT", "11", "BELFRY_SEED", "12");

    var settings = settings(environment, "--config", file.toString(), "--port", "111");

    assertThat(settings.listen().port()).isEqualTo(111);
    assertThat(settings.simulation().seed()).isEqualTo(12);
    assertThat(settings.simulation().speed()).isEqualTo(SimulationSpeed.REAL);
  }

  @Test
  void takesThePasswordOfRootFromTheEnvironment() {
    var settings = settings(Map.of("BELFRY_ROOT_PASSWORD", "secret"));

    assertThat(settings.rootPassword()).contains(new ServerSettings.Secret("secret"));
    assertThat(settings.toString()).doesNotContain("secret");
  }

  @Test
  void takesADatabaseOfYours() throws IOException {
    var password = Files.writeString(folder.resolve("password"), "secret\n");

    var settings =
        settings(
            Map.of(),
            "--database",
            "jdbc:postgresql://db/belfry",
            "--database-user",
            "belfry",
            "--database-password-file",
            password.toString());

    assertThat(settings.database())
        .isEqualTo(
            new DatabaseLocation.External("jdbc:postgresql://db/belfry", "belfry", "secret"));
    assertThat(settings.toString()).doesNotContain("secret");
  }

  @Test
  void keepsNothingWhereThatIsAskedFor() {
    assertThat(settings(Map.of(), "--ephemeral").folder()).isEqualTo(folder);
  }

  @Test
  void makesACertificateOfItsOwn() {
    assertThat(settings(Map.of(), "--tls").listen().tls())
        .contains(new TlsSource.SelfSigned(Path.of(".belfry"), "127.0.0.1"));
  }

  @Test
  void wantsCertificateAndKeyTogether() {
    assertThatThrownBy(() -> settings(Map.of(), "--tls-certificate", "x.crt"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("both");
  }

  @Test
  void refusesAPortThatDoesNotExist() {
    assertThatThrownBy(() -> settings(Map.of(), "--port", "70000"))
        .isInstanceOf(ProblemException.class)
        .hasMessage("--port is 70000: it must be a number from 0 to 65535");
  }

  private ServerSettings settings(Map<String, String> environment, String... arguments) {
    var spec = UpCommand.spec(List.of(arguments), environment);
    new CommandLine(spec).parseArgs(arguments);
    return UpCommand.settings(spec, () -> folder);
  }
}
