package io.belfry.reliability.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.reliability.crash.Ledger.TaskEnd;
import org.junit.jupiter.api.Test;

/// A short run of the crash harness. `reliability-tests/crash --kills 1000` makes a long one.
class CrashTest {
  private static final int KILLS = Integer.getInteger("kills", 25);
  private static final long SEED = Long.getLong("seed", 42);

  @Test
  void breaksNoPromise() throws Exception {
    var summary = new CrashRun(CrashSettings.of(KILLS, SEED, 6), _ -> {}).run();

    assertThat(summary.violations()).as("%s", summary.text()).isEmpty();
    assertThat(summary.tasks().get(TaskEnd.SUCCESSED))
        .as("%s", summary.text())
        .isGreaterThan(KILLS);
  }
}
