package io.belfry.reliability.register;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.reliability.register.Event.Power;
import io.belfry.reliability.register.Event.State;
import io.belfry.reliability.server.ServerUnderTest;
import io.belfry.sdk.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/// Eight clients start and power off one VM, and look at it.
class PowerHistoryTest {
  private static final int CLIENTS = 8;
  private static final int CALLS = 25;
  private static final long SEED = 42;

  @Test
  void isLinearizable() throws Exception {
    try (var server = ServerUnderTest.start("30-vms", "fast")) {
      var history = new PowerHistory(server, stoppedVm(server));
      race(history, () -> null);

      assertExplainable(history);
    }
  }

  @Test
  void isLinearizableThoughTheServerIsKilled() throws Exception {
    try (var server = ServerUnderTest.start("30-vms", "fast")) {
      var history = new PowerHistory(server, stoppedVm(server));
      race(
          history,
          () -> {
            history.awaitEvents(CLIENTS * CALLS / 4);
            server.kill();
            server.restart();
            return null;
          });

      assertExplainable(history);
    }
  }

  private static String stoppedVm(ServerUnderTest server) {
    var where = Json.object("status", "STOPPED", "cluster", Json.object("hypervisor", "ELF"));
    var found = server.client().call("get-vms", Json.object("where", where, "first", 1));
    return found.get(0).get("id").asText();
  }

  private static void race(PowerHistory history, Callable<?> meanwhile) throws Exception {
    var random = new SplittableRandom(SEED);
    var work = new ArrayList<Callable<Object>>();
    for (var i = 0; i < CLIENTS; i++) {
      var own = random.split();
      work.add(() -> {
        for (var call = 0; call < CALLS; call++) {
          history.call(own.nextInt(3));
        }
        return List.of();
      });
    }
    work.add(() -> {
      meanwhile.call();
      return List.of();
    });
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : threads.invokeAll(work)) {
        done.get();
      }
    }
  }

  private static void assertExplainable(PowerHistory history) {
    var first = new State(Power.STOPPED, State.FREE);
    assertThat(Linearization.shortestWithout(history.events(), first))
        .as("the shortest part of the history that no order explains")
        .isEmpty();
    assertThat(history.events())
        .as("changes that were accepted")
        .filteredOn(event -> event.what() instanceof Event.What.Accepted)
        .hasSizeGreaterThan(2);
  }
}
