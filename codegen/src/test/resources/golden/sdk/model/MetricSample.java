package io.belfry.sdk.model;

import io.belfry.sdk.Json;
import io.belfry.sdk.JsonForm;
import io.belfry.sdk.internal.Shape;
import io.belfry.sdk.internal.Values;
import org.jspecify.annotations.Nullable;

/**
 * The value {@code MetricSample}.
 */
public final class MetricSample implements JsonForm {
  /**
   * For the SDK itself: how this is read.
   */
  public static final Shape<MetricSample> SHAPE = Shape.of("MetricSample")
      .enumeration(MetricSampleTypename::of, "__typename")
      .object(MetricLabel.SHAPE, "labels!")
      .object(DataPoint.SHAPE, "point")
      .build(MetricSample::new);

  private final Values values;

  private MetricSample(Values values) {
    this.values = values;
  }

  public @Nullable MetricSampleTypename typename() {
    return values.get(0);
  }

  public MetricLabel labels() {
    return values.<MetricLabel>required(1);
  }

  public @Nullable DataPoint point() {
    return values.get(2);
  }

  @Override
  public Json json() {
    return values.json();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MetricSample that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return values.toString();
  }

  /**
   * A field that the SDK doesn't know; null in JSON where there is none.
   */
  public Json additional(String field) {
    return values.additional(field);
  }
}
