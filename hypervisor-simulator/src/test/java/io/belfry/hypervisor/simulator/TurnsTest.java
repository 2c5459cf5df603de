package io.belfry.hypervisor.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.hypervisor.Fault;
import io.belfry.hypervisor.Fence;
import io.belfry.hypervisor.HypervisorException;
import io.belfry.hypervisor.VolumeDefinition;
import io.belfry.hypervisor.VolumeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private static final int CALLS = 50;
  private static final Fence OUTDATED = new Fence("work", 1);
  private static final Fence LATEST = new Fence("work", 2);

  private final Gate gate = new Gate();
  private final SimulatedHypervisor driver =
      new SimulatedHypervisor(
          SimulatedLab.SEED, new VirtualTime().at(SimulationSpeed.INSTANT), Faults.NONE, gate);

  /// A log whose turns wait for somebody to open it.
  private static final class Gate implements WorldLog {
    private final Semaphore open = new Semaphore(0);
    private final List<Integer> changesPerTurn = new CopyOnWriteArrayList<>();

    @Override
    public News tell(Consumer<Inventory> beginning) {
      beginning.accept(SimulatedLab.inventory());
      return News.NONE;
    }

    @Override
    public Optional<News> since(long last) {
      return Optional.of(new News(last, List.of()));
    }

    @Override
    public OptionalLong add(long last, Set<Fence> fences, Turn turn) {
      open.acquireUninterruptibly();
      var outdated = fences.stream().filter(OUTDATED::equals).collect(Collectors.toSet());
      changesPerTurn.add(turn.take(new News(last, List.of()), outdated).size());
      return OptionalLong.of(last + 1);
    }
  }

  @Test
  void letCallsThatWaitShareOne() throws Exception {
    var calls = new ArrayList<Thread>();
    for (var i = 0; i < CALLS; i++) {
      var volume = new VolumeId("volume" + i);
      calls.add(Thread.startVirtualThread(() -> create(volume)));
    }
    for (var call : calls) {
      while (call.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
    }

    gate.open.release(CALLS);
    for (var call : calls) {
      call.join();
    }

    assertThat(gate.changesPerTurn).hasSizeLessThanOrEqualTo(2);
    assertThat(gate.changesPerTurn.stream().mapToInt(Integer::intValue).sum()).isEqualTo(CALLS);
  }

  @Test
  void failOnlyTheCallThatFails() {
    gate.open.release(CALLS);
    create(new VolumeId("volume"));

    assertThatThrownBy(() -> driver.resizeVolume(new VolumeId("volume"), 1))
        .isInstanceOf(HypervisorException.class);

    assertThat(driver.observeVolume(new VolumeId("volume"))).isPresent();
  }

  @Test
  void doNothingForWhoeverWasReplaced() {
    var late = new VolumeId("late");
    var now = new VolumeId("now");
    gate.open.release(CALLS);

    assertThatThrownBy(() -> OUTDATED.during(() -> create(late)))
        .isInstanceOfSatisfying(
            HypervisorException.class,
            refused -> assertThat(refused.fault()).isEqualTo(new Fault.Outdated(OUTDATED)));
    LATEST.during(() -> create(now));

    assertThat(driver.observeVolume(late)).isEmpty();
    assertThat(driver.observeVolume(now)).isPresent();
  }

  @Test
  void needNobodyToLook() {
    assertThat(driver.hosts()).hasSize(2);
    assertThat(gate.changesPerTurn).isEmpty();
  }

  private boolean create(VolumeId volume) {
    try {
      driver.createVolume(
          new VolumeDefinition(volume, SimulatedLab.STORAGE, SimulatedLab.GIB, SimulatedLab.THIN));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return true;
  }
}
