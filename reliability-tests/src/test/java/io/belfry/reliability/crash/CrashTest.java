package io.belfry.reliability.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.reliability.crash.Ledger.TaskEnd;
import org.junit.jupiter.api.Test;

/// Short runs of the crash harness. `reliability-tests/crash --kills 1000` makes a long one.
class CrashTest {
  private static final int KILLS = Integer.getInteger("kills", 8);
  private static final int KILLS_OF_REPLICAS = Integer.getInteger("kills", 6);
  private static final long SEED = Long.getLong("seed", 42);

  @Test
  void oneServerBreaksNoPromise() throws Exception {
    assertKept(CrashSettings.of(KILLS, SEED));
  }

  @Test
  void twoServersBreakNoPromiseThoughTheHypervisorHasFaults() throws Exception {
    assertKept(CrashSettings.of(KILLS_OF_REPLICAS, SEED).withReplicas(2).withFaults());
  }

  private static void assertKept(CrashSettings settings) throws Exception {
    var summary = new CrashRun(settings, _ -> {}).run();

    assertThat(summary.violations()).as("%s", summary.text()).isEmpty();
    assertThat(summary.tasks().get(TaskEnd.SUCCESSED))
        .as("%s", summary.text())
        .isGreaterThan(settings.kills());
  }
}
