package io.belfry.hypervisor.simulator;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Random calls leave the simulator where they leave [Model].
final class RandomCallsTest {
  private static final int CALLS = 300;

  static LongStream seeds() {
    return LongStream.range(0, 100);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void leaveTheSimulatorWhereTheyLeaveTheModel(long seed) throws Exception {
    var calls = new RandomCalls(seed, new SimulatedLab(SimulationSpeed.INSTANT).driver);
    for (var i = 0; i < CALLS; i++) {
      calls.make();
    }
  }
}
