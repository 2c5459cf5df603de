package io.belfry.reliability.register;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.reliability.register.Event.Power;
import io.belfry.reliability.register.Event.State;
import io.belfry.reliability.register.Event.What;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinearizationTest {
  private static final State OFF = new State(Power.STOPPED, State.FREE);

  private static final Event STARTED = Event.sure(new What.Accepted(1, Power.RUNNING), 0, 10);
  private static final Event RUNS = Event.sure(new What.Ended(1, Power.RUNNING), 0, 30);

  @Test
  void findsAnOrderOfOverlappingEvents() {
    var locked = Event.sure(new What.RefusedAsLocked(), 5, 8);
    var read = Event.sure(new What.Read(Power.RUNNING, false), 12, 40);

    assertThat(Linearization.exists(List.of(read, RUNS, locked, STARTED), OFF)).isTrue();
  }

  @Test
  void findsNoneForAReadOfTheOldStateAfterTheEnd() {
    var stale = Event.sure(new What.Read(Power.STOPPED, false), 31, 40);

    assertThat(Linearization.exists(List.of(STARTED, RUNS, stale), OFF)).isFalse();
  }

  @Test
  void findsNoneForTwoChangesThatHoldTheLockAtOnce() {
    var other = Event.sure(new What.Accepted(2, Power.RUNNING), 11, 12);
    var late = Event.sure(new What.Ended(1, Power.RUNNING), 13, 30);

    assertThat(Linearization.exists(List.of(STARTED, other, late), OFF)).isFalse();
  }

  @Test
  void findsNoneForALockThatNobodyHolds() {
    var locked = Event.sure(new What.RefusedAsLocked(), 0, 5);

    assertThat(Linearization.exists(List.of(locked), OFF)).isFalse();
  }

  @Test
  void letsAnUnsureEventTakePlaceLateOrNever() {
    var unsure = Event.unsure(new What.Accepted(1, Power.RUNNING), 0);
    var locked = Event.sure(new What.Read(Power.STOPPED, true), 50, 60);
    var free = Event.sure(new What.Read(Power.STOPPED, false), 50, 60);

    assertThat(Linearization.exists(List.of(unsure, locked), OFF)).isTrue();
    assertThat(Linearization.exists(List.of(unsure, free), OFF)).isTrue();
  }

  @Test
  void tellsTheShortestPartThatHasNoOrder() {
    var stale = Event.sure(new What.Read(Power.STOPPED, false), 31, 40);
    var later = Event.sure(new What.Read(Power.RUNNING, false), 41, 50);

    assertThat(Linearization.shortestWithout(List.of(STARTED, RUNS, stale, later), OFF))
        .containsExactly(STARTED, RUNS, stale);
  }
}
