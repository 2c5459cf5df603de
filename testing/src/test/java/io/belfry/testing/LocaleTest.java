package io.belfry.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.sdk.ApiClient;
import io.belfry.sdk.Credentials;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Vm;
import io.belfry.sdk.model.VmStatus;
import io.belfry.sdk.simulator.Simulator;
import io.belfry.server.EphemeralServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// The server and the SDK where Java writes digits as in Arabic. Two starts, as the second takes
/// over rows from the first.
@Isolated("it changes the default locale")
class LocaleTest {
  private static final Locale ARABIC = Locale.forLanguageTag("ar-EG-u-nu-arab");

  private final Locale usual = Locale.getDefault();

  @TempDir Path folder;

  @BeforeEach
  void goAbroad() {
    Locale.setDefault(ARABIC);
  }

  @AfterEach
  void comeBack() {
    Locale.setDefault(usual);
  }

  @Test
  void speaksToProgramsAsEverywhere() {
    assertThat(String.format(ARABIC, "%d", 42)).as("what Java does by itself").isEqualTo("٤٢");
    for (var start = 0; start < 2; start++) {
      try (var server = start();
          var client = connect(server)) {
        var vms = new VmApi(client);
        var stopped = vms.getVms(q -> q.where(Vm.STATUS.is(VmStatus.STOPPED)).first(1)).get(0);

        var started = vms.startVm(Vm.ID.is(stopped.id())).await(Duration.ofMinutes(1)).get(0);

        assertThat(started.status()).isEqualTo(VmStatus.RUNNING);
        assertThat(new Simulator(client).reset().rows()).isPositive();
      }
    }
  }

  private EphemeralServer start() {
    return EphemeralServer.start(
        folder,
        List.of("--simulate", "20-vms", "--speed", "instant", "--root-password", "abroad-too"));
  }

  private static ApiClient connect(EphemeralServer server) {
    return ApiClient.connect(
        "http://127.0.0.1:" + server.port() + "/v2/api", Credentials.local("root", "abroad-too"));
  }
}
