package io.belfry.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.examples.RunningServer;
import io.belfry.examples.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The guide's tour.
@ExtendWith(RunningServer.class)
final class DemoTest {
  private final Surroundings around;

  DemoTest(Surroundings around) {
    this.around = around;
  }

  @Test
  void walksTheTour() throws InterruptedException {
    var shown = new ByteArrayOutputStream();
    DemoMain.walk(
        around.server(), new Screen(new PrintStream(shown, true, StandardCharsets.UTF_8), false));
    assertThat(shown.toString(StandardCharsets.UTF_8))
        .contains(
            "1. Log in",
            "2. Find VMs",
            "3. Create a VM from a template",
            "4. Add a disk and a NIC",
            "5. Start it",
            "6. Migrate it while it runs",
            "7. Take a snapshot",
            "8. Move it to the recycle bin and recover it",
            "9. Look at the whole data centre",
            "curl",
            "Java",
            "Python")
        .doesNotContain(around.server().password());
  }
}
