package io.belfry.sdk;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

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

  private static Throwable unwrapped(Throwable failed) {
    var cause = failed.getCause();
    return failed instanceof CompletionException && cause != null ? cause : failed;
  }
}
