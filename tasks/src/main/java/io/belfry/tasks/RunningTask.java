package io.belfry.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.store.Actor;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A task that this process works on.
public final class RunningTask {
  private final Told told;
  private final Claim claim;
  private final AtomicLong progressBits = new AtomicLong();

  RunningTask(Told told, Claim claim) {
    this.told = told;
    this.claim = claim;
  }

  /// What the queue tells of a task.
  ///
  /// @param payload what the decision left for the work
  /// @param userId who asked for it; empty if it was the server itself
  /// @param steps as the task shows them
  record Told(String id, String operation, JsonNode payload, String userId, JsonNode steps) {}

  /// How a task came to be worked on.
  ///
  /// @param fence the claim's number; a later claim has a higher one
  /// @param attempt how often the task has been claimed, with this time
  /// @param faults how often its work, or taking back what it prepared, has ended in a fault of
  ///   ours
  /// @param failure why the work has failed, if only taking back is left to do
  /// @param inLane whether others may wait for its end
  record Claim(long fence, int attempt, int faults, @Nullable Failure failure, boolean inLane) {}

  public String id() {
    return told.id();
  }

  public String operation() {
    return told.operation();
  }

  /// What the decision left for the work.
  public JsonNode payload() {
    return told.payload();
  }

  /// Which try this is, from 1.
  public int attempt() {
    return claim.attempt();
  }

  /// Tells how far the work is; people see it within a second or two.
  ///
  /// @param fraction from 0 to 1
  public void progress(double fraction) {
    progressBits.set(Double.doubleToRawLongBits(Math.clamp(fraction, 0, 1)));
  }

  double currentProgress() {
    return Double.longBitsToDouble(progressBits.get());
  }

  /// On whose behalf its recording changes rows, and its undoing must.
  public Actor actor() {
    return new Actor(told.id(), told.userId());
  }

  JsonNode steps() {
    return told.steps();
  }

  /// By which claim this process works on the task. Whatever happens outside the store under an
  /// earlier one comes too late.
  public TaskClaim claim() {
    return new TaskClaim(id(), fence());
  }

  long fence() {
    return claim.fence();
  }

  int faults() {
    return claim.faults();
  }

  Optional<Failure> failure() {
    return Optional.ofNullable(claim.failure());
  }

  boolean isInLane() {
    return claim.inLane();
  }
}
