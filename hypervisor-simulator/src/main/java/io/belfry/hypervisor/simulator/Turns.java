package io.belfry.hypervisor.simulator;

import io.belfry.hypervisor.Fault;
import io.belfry.hypervisor.Fence;
import io.belfry.hypervisor.simulator.WorldLog.News;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Lets calls look at a world and change it, in turns: one at a time here and, as the [WorldLog]
/// sees to, among all who play the same world. Thread-safe; nobody waits longer than the log takes.
///
/// Calls that wait at the same moment share one turn, so that many are as fast as one. Whatever a
/// call looks at is what it is now: a turn begins with what others have changed since the last.
final class Turns {
  private static final int CALLS_PER_TURN = 500;

  private final WorldLog log;
  private final Supplier<World> emptyWorld;
  private final LongSupplier nowMillis;
  private final Queue<Call<?>> waiting = new ConcurrentLinkedQueue<>();

  /// Held during a turn; guards all that follows.
  private final ReentrantLock turn = new ReentrantLock();

  private World world;
  private long last;

  /// @throws RuntimeException that the log can't be read
  Turns(WorldLog log, Supplier<World> emptyWorld, LongSupplier nowMillis) {
    this.log = log;
    this.emptyWorld = emptyWorld;
    this.nowMillis = nowMillis;
    world = emptyWorld.get();
    beginAnew();
  }

  /// Something that waits for a turn, and what came of it.
  private static final class Call<T> {
    private final Function<World, T> work;
    private final boolean looksOnly;
    private final @Nullable Fence fence = Fence.current().orElse(null);
    private boolean done;
    private @Nullable T result;
    private @Nullable Throwable failure;

    Call(Function<World, T> work, boolean looksOnly) {
      this.work = work;
      this.looksOnly = looksOnly;
    }

    /// Does the work, unless that comes too late.
    void run(World world, Set<Fence> outdated) {
      if (fence != null && outdated.contains(fence)) {
        failure = new Fault.Outdated(fence).asException();
      } else {
        run(world);
      }
    }

    /// Does the work; again, if its turn was taken back.
    void run(World world) {
      result = null;
      failure = null;
      try {
        result = work.apply(world);
      } catch (RuntimeException | Error e) {
        failure = e;
      }
    }

    T outcome() {
      return switch (failure) {
        case null -> Objects.requireNonNull(result);
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        default -> throw new IllegalStateException("only unchecked failures are kept", failure);
      };
    }
  }

  /// Adds what somebody's records say exists, here only.
  void restore(Inventory inventory) {
    turn.lock();
    try {
      world.restore(inventory, nowMillis.getAsLong());
    } finally {
      turn.unlock();
    }
  }

  /// Looks at the world. Where a look makes something, as an address that a guest asks for, it
  /// becomes an effect.
  ///
  /// @throws RuntimeException what the view throws, or that the log can't be read
  <T> T look(Function<World, T> view) {
    return call(new Call<>(view, true));
  }

  /// Looks at the world as it is known here, without asking what others have changed.
  ///
  /// @param view makes nothing
  <T> T recall(Function<World, T> view) {
    turn.lock();
    try {
      return view.apply(world);
    } finally {
      turn.unlock();
    }
  }

  /// Changes the world. When this returns, the change is kept; when the log throws, it is not, or
  /// the next call will find it.
  ///
  /// @throws RuntimeException what the effect throws, or that the log can't be written
  <T> T act(Function<World, T> effect) {
    return call(new Call<>(effect, false));
  }

  private <T> T call(Call<T> call) {
    waiting.add(call);
    turn.lock();
    try {
      while (!call.done) {
        takeTurn(waitingCalls());
      }
    } finally {
      turn.unlock();
    }
    return call.outcome();
  }

  private List<Call<?>> waitingCalls() {
    var calls = new ArrayList<Call<?>>();
    while (calls.size() < CALLS_PER_TURN) {
      var call = waiting.poll();
      if (call == null) {
        break;
      }
      calls.add(call);
    }
    return calls;
  }

  private void takeTurn(List<Call<?>> calls) {
    try {
      while (!look(calls) && !act(calls)) {
        beginAnew();
      }
      world.settle();
    } catch (RuntimeException | Error e) {
      world.takeBack();
      calls.forEach(call -> call.failure = e);
    }
    calls.forEach(call -> call.done = true);
  }

  /// @return whether the calls only looked, at a world that is known
  private boolean look(List<Call<?>> calls) {
    if (!calls.stream().allMatch(call -> call.looksOnly)) {
      return false;
    }
    var news = log.since(last);
    if (news.isEmpty()) {
      return false;
    }
    learn(news.get());
    calls.forEach(call -> call.run(world));
    return world.changed().isEmpty();
  }

  /// @return whether the world is known, so that the calls have been made
  private boolean act(List<Call<?>> calls) {
    var fences =
        calls.stream()
            .map(call -> call.fence)
            .filter(Objects::nonNull)
            .collect(Collectors.<Fence>toSet());
    var added =
        log.add(
            last,
            fences,
            (others, outdated) -> {
              world.takeBack();
              learn(others);
              calls.forEach(call -> call.run(world, outdated));
              return world.changed();
            });
    added.ifPresent(number -> last = number);
    return added.isPresent();
  }

  private void learn(News news) {
    news.changes().forEach(world::apply);
    last = news.last();
  }

  private void beginAnew() {
    var fresh = emptyWorld.get();
    var news = log.tell(inventory -> fresh.restore(inventory, nowMillis.getAsLong()));
    world = fresh;
    learn(news);
  }
}
