package io.belfry.server;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What is made on a thread of its own while others go on. Thread-safe.
final class Beside<T> {
  private final String name;
  private final FutureTask<T> making;

  private Beside(String name, Supplier<T> making) {
    this.name = name;
    this.making = new FutureTask<>(making::get);
  }

  /// Begins to make it.
  static <T> Beside<T> start(String name, Supplier<T> making) {
    var begun = new Beside<>(name, making);
    Thread.ofPlatform().name(name).daemon().start(begun.making);
    return begun;
  }

  /// It, as soon as it is there. Throws what making it has thrown.
  T get() {
    try {
      return making.get();
    } catch (ExecutionException e) {
      throw thrown(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the " + name, e);
    }
  }

  /// Does something with it, as soon as it is there; nothing if it couldn't be made. Waits for it
  /// even on an interrupted thread, so that nothing that is made is left behind.
  void ifMade(Consumer<T> use) {
    var interrupted = Thread.interrupted();
    try {
      making.get();
    } catch (ExecutionException | InterruptedException _) {
      return; // who needs it is told
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    use.accept(making.resultNow());
  }

  private RuntimeException thrown(@Nullable Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException known
        ? known
        : new IllegalStateException("the %s can't be made".formatted(name), cause);
  }
}
