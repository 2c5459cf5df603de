package io.belfry.datacenter;

import io.belfry.hypervisor.simulator.RandomCalls;
import io.belfry.hypervisor.simulator.SimulationSpeed;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Random calls by simulators that come and go leave the world that they share where one simulator
/// would leave its own.
final class StoredWorldRandomCallsTest {
  private static final int CALLS = 300;

  static LongStream seeds() {
    return LongStream.range(0, 10);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void leaveTheWorldWhereTheyLeaveTheModel(long seed) throws Exception {
    try (var world = new LabWorld()) {
      var here = world.simulator(SimulationSpeed.INSTANT);
      var there = world.simulator(SimulationSpeed.INSTANT);
      var random = new Random(seed);
      var calls = new RandomCalls(seed, here);
      for (var i = 0; i < CALLS; i++) {
        switch (random.nextInt(10)) {
          case 0 -> {
            there = world.simulator(SimulationSpeed.INSTANT);
            calls.makeAndPassOn(there);
          }
          case 1, 2, 3, 4 -> calls.makeAndPassOn(here);
          default -> calls.makeAndPassOn(there);
        }
      }
    }
  }
}
