package io.belfry.sdk;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Futures that come from others and, unlike those of `thenApply`, give them up when cancelled.
final class Derived {
  private Derived() {}

  /// @param answer makes the value, or throws
  /// @param failure makes what to fail with from what the source failed with
  @SuppressWarnings("FutureReturnValueIgnored") // source and derived carry every outcome
  static <S, A> CompletableFuture<A> from(
      CompletableFuture<S> source,
      Function<S, A> answer,
      Function<Throwable, ? extends Throwable> failure) {
    var derived = new CompletableFuture<A>();
    source.whenComplete((value, failed) -> {
      if (failed != null) {
        derived.completeExceptionally(failure.apply(unwrapped(failed)));
        return;
      }
      try {
        derived.complete(answer.apply(value));
      } catch (RuntimeException unusable) {
        derived.completeExceptionally(unusable);
      }
    });
    derived.whenComplete((value, failed) -> source.cancel(true));
    return derived;
  }

  /// Blocking work in another thread, which is interrupted when the future is cancelled.
  @SuppressWarnings("FutureReturnValueIgnored") // the result carries every outcome
  static <A> CompletableFuture<A> run(Supplier<A> work, Executor executor) {
    var result = new CompletableFuture<A>();
    var running =
        new FutureTask<@Nullable Void>(
            () -> {
              try {
                result.complete(work.get());
              } catch (RuntimeException | Error failed) {
                result.completeExceptionally(failed);
              }
            },
            null);
    result.whenComplete((value, failed) -> {
      if (result.isCancelled()) {
        running.cancel(true);
      }
    });
    executor.execute(running);
    return result;
  }

  private static Throwable unwrapped(Throwable failed) {
    var cause = failed.getCause();
    return failed instanceof CompletionException && cause != null ? cause : failed;
  }
}
