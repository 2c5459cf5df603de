package io.belfry.hypervisor.simulator;

import io.belfry.hypervisor.Fence;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/// Keeps what effects change in a simulated world, in one order for all simulators that play it. So
/// the world outlives each of them, as a real hypervisor does.
///
/// Changes have numbers that rise. What a method throws is passed to whoever waits for the call.
public interface WorldLog {
  /// Keeps nothing: a world of one simulator, which ends with it.
  WorldLog NONE =
      new WorldLog() {
        @Override
        public News tell(Consumer<Inventory> beginning) {
          return News.NONE;
        }

        @Override
        public Optional<News> since(long last) {
          return Optional.of(News.NONE);
        }

        @Override
        public OptionalLong add(long last, Set<Fence> fences, Turn turn) {
          turn.take(News.NONE, Set.of());
          return OptionalLong.of(0);
        }
      };

  /// What a simulator needs to know that knows nothing.
  ///
  /// @param beginning is told what the world was before any change
  /// @return the latest state of everything that was changed
  News tell(Consumer<Inventory> beginning);

  /// What was changed after a number; empty when that is so long ago that it isn't known any more,
  /// and the simulator must begin anew.
  Optional<News> since(long last);

  /// Gives a simulator its turn. Nobody else has one at the same time, and what the turn returns is
  /// kept when this returns; if it throws, the simulator must take the turn back, and will learn
  /// from the next news whether it was kept nevertheless.
  ///
  /// @param last the number up to which the simulator knows the changes
  /// @param fences under which calls take part in the turn; nobody takes over their work while it
  ///   lasts
  /// @param turn may be taken again if keeping its changes failed; then it takes back the first
  /// @return the number of the latest change; empty, with no turn taken, where [#since] is empty
  OptionalLong add(long last, Set<Fence> fences, Turn turn);

  /// What a simulator does when nobody else does anything.
  @FunctionalInterface
  interface Turn {
    /// @param others what was changed by others, to be known before
    /// @param outdated those fences under which nothing may be done any more
    /// @return what was changed, each object once
    Collection<Change> take(News others, Set<Fence> outdated);
  }

  /// Changes.
  ///
  /// @param last the number of the latest
  /// @param changes each object at most once
  record News(long last, List<Change> changes) {
    /// That nothing has changed, since the beginning.
    public static final News NONE = new News(0, List.of());

    public News {
      changes = List.copyOf(changes);
    }
  }
}
