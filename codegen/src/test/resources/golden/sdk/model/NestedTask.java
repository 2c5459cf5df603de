package io.belfry.sdk.model;

import io.belfry.sdk.Json;
import io.belfry.sdk.internal.Model;
import io.belfry.sdk.internal.Shape;
import io.belfry.sdk.internal.Values;
import java.time.Instant;
import java.util.List;

/**
 * What other objects show of a {@link Task}.
 */
public final class NestedTask extends Model {
  /**
   * For the SDK itself: how this is read.
   */
  public static final Shape<NestedTask> SHAPE = Shape.of("NestedTask")
      .json("args!")
      .text("description!", "id!")
      .booleans("internal!")
      .text("local_created_at!")
      .doubles("progress!")
      .text("snapshot!")
      .enumeration(TaskStatus::of, "status!")
      .objects(Step.SHAPE, "steps!")
      .build(NestedTask::new);

  private NestedTask(Values values) {
    super(values);
  }

  /**
   * What the request asked for; may be empty.
   */
  public Json args() {
    return values.<Json>required(0);
  }

  /**
   * What it does, for people.
   */
  public String description() {
    return values.<String>required(1);
  }

  public String id() {
    return values.<String>required(2);
  }

  /**
   * Whether the platform began it, not a user.
   */
  public boolean internal() {
    return values.<Boolean>required(3);
  }

  /**
   * When its cluster made it.
   */
  public Instant localCreatedAt() {
    return values.requiredDate(4);
  }

  /**
   * 1 when it is done. A fraction of 1.
   */
  public double progress() {
    return values.<Double>required(5);
  }

  /**
   * A JSON text about the object beforehand, or empty.
   */
  public String snapshot() {
    return values.<String>required(6);
  }

  /**
   * {@code SUCCESSED} and {@code FAILED} are final.
   */
  public TaskStatus status() {
    return values.<TaskStatus>required(7);
  }

  /**
   * Its parts, as far as it has any.
   */
  public List<Step> steps() {
    return values.list(8);
  }
}
