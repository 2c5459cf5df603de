package io.belfry.sdk.model;

import io.belfry.sdk.Json;
import io.belfry.sdk.internal.Model;
import io.belfry.sdk.internal.Shape;
import io.belfry.sdk.internal.Values;
import org.jspecify.annotations.Nullable;

/**
 * The value {@code Capacity}.
 */
public final class Capacity extends Model {
  /**
   * For the SDK itself: how this is read.
   */
  public static final Shape<Capacity> SHAPE = Shape.of("Capacity")
      .ints("column", "row")
      .build(Capacity::new);

  private Capacity(Values values) {
    super(values);
  }

  public static Builder builder() {
    return new Builder();
  }

  public @Nullable Integer column() {
    return values.get(0);
  }

  public @Nullable Integer row() {
    return values.get(1);
  }

  /**
   * Collects {@link Capacity}.
   */
  public static final class Builder {
    private final Values.Builder values = new Values.Builder(SHAPE);

    private Builder() {
    }

    public Builder column(@Nullable Integer value) {
      values.set(0, value);
      return this;
    }

    public Builder row(@Nullable Integer value) {
      values.set(1, value);
      return this;
    }

    /**
     * Sets a field by its name in JSON, also one that the SDK doesn't know.
     */
    public Builder put(String field, Json value) {
      values.put(field, value);
      return this;
    }

    /**
     * @throws IllegalStateException if a field that must be there is not, naming it
     */
    public Capacity build() {
      return new Capacity(values.build());
    }
  }
}
