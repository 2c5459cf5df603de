package io.belfry.reliability.register;

import org.jspecify.annotations.Nullable;

/// Something that took place at one moment between two others that somebody noticed.
///
/// @param what took place
/// @param notBefore when it was asked for
/// @param notAfter when its effect was seen; the maximum if it never was
/// @param sure whether it took place at all
record Event(What what, long notBefore, long notAfter, boolean sure) {

  enum Power {
    RUNNING,
    STOPPED
  }

  /// What takes place at one moment.
  sealed interface What {
    /// A change to a power state is accepted: the other state is there, and the lock is free. From
    /// now on the change has it.
    ///
    /// @param change a number of its own
    record Accepted(int change, Power to) implements What {}

    /// A task ends: the power state is that of the change, and the lock is free.
    record Ended(int change, Power to) implements What {}

    /// A change is refused because the lock is held.
    record RefusedAsLocked() implements What {}

    /// A change is refused because the power state, with the lock free, is not the one to change.
    record RefusedAsWrong(Power was) implements What {}

    /// State and lock are read.
    record Read(Power power, boolean locked) implements What {}
  }

  static Event sure(What what, long notBefore, long notAfter) {
    return new Event(what, notBefore, notAfter, true);
  }

  /// What may have taken place at any time since, or never.
  static Event unsure(What what, long notBefore) {
    return new Event(what, notBefore, Long.MAX_VALUE, false);
  }

  /// What this event makes of a state.
  ///
  /// @return null if it can't take place in it
  @Nullable State in(State state) {
    return switch (what) {
      case What.Accepted(var change, var to) ->
          state.isFree() && state.power() != to ? new State(state.power(), change) : null;
      case What.Ended(var change, var to) ->
          state.holder() == change ? new State(to, State.FREE) : null;
      case What.RefusedAsLocked() -> state.isFree() ? null : state;
      case What.RefusedAsWrong(var was) -> state.isFree() && state.power() == was ? state : null;
      case What.Read(var power, var locked) ->
          state.power() == power && locked != state.isFree() ? state : null;
    };
  }

  /// Power state and lock.
  ///
  /// @param holder the change that has the lock; [#FREE] if none has
  record State(Power power, int holder) {
    static final int FREE = -1;

    boolean isFree() {
      return holder == FREE;
    }
  }
}
