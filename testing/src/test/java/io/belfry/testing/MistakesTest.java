package io.belfry.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.belfry.sdk.simulator.Fault;
import io.belfry.sdk.simulator.Simulator;
import io.belfry.testing.BelfryServer.Reset;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/// What those see who ask for what can't be, in tests that JUnit runs by itself.
class MistakesTest {
  @BelfryServer(simulate = "tiny")
  static class WrongSize {
    @Test
    void isNeverRun() {}
  }

  @Test
  void namesASizeThatIsNone() {
    assertThat(failures(WrongSize.class))
        .singleElement()
        .asString()
        .contains("simulate = \"tiny\"", "small, medium");
  }

  @BelfryServer(simulate = "20000-vms")
  static class TooLarge {
    @Test
    void isNeverRun() {}
  }

  @Test
  void namesASizeThatCantBeReset() {
    assertThat(failures(TooLarge.class))
        .singleElement()
        .asString()
        .contains("simulate = \"20000-vms\"", "1-vms to 2000-vms");
  }

  @BelfryServer(simulate = "1-vms", speed = "slow")
  static class WrongSpeed {
    @Test
    void isNeverRun() {}
  }

  @Test
  void namesASpeedThatIsNone() {
    assertThat(failures(WrongSpeed.class))
        .singleElement()
        .asString()
        .contains("speed = \"slow\"", "instant or fast");
  }

  @BelfryServer(simulate = "20-vms", seed = 7)
  static class WrongField {
    @FromServer String name = "";

    @Test
    void isNeverRun() {}
  }

  @Test
  void namesAFieldOfAnotherType() {
    assertThat(failures(WrongField.class))
        .singleElement()
        .asString()
        .contains("WrongField.name", "ApiClient");
  }

  @ExtendWith(ServerExtension.class)
  static class NoAnnotation {
    @Test
    void isNeverRun() {}
  }

  @Test
  void namesAClassThatDoesntSayWhatItWants() {
    assertThat(failures(NoAnnotation.class))
        .singleElement()
        .asString()
        .contains("NoAnnotation has no @BelfryServer");
  }

  @BelfryServer(simulate = "20-vms", seed = 7, reset = Reset.BEFORE_EACH_CLASS)
  static class OneState {
    @BeforeAll
    static void prepare(Simulator simulator) {
      simulator.add(Fault.fail().operations("start-vm"));
    }

    @Test
    void seesWhatWasPrepared(Simulator simulator) {
      assertThat(simulator.faults()).hasSize(1);
    }
  }

  @Test
  void keepsWhatWasMadeForAClass() {
    assertThat(failures(OneState.class)).isEmpty();
    assertThat(failures(OneState.class)).isEmpty();
  }

  private static List<String> failures(Class<?> testClass) {
    var listener = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request().selectors(selectClass(testClass)).build(),
            listener);
    return listener.getSummary().getFailures().stream()
        .map(failure -> String.valueOf(failure.getException().getMessage()))
        .toList();
  }
}
