package io.belfry.sdk.model;

import io.belfry.sdk.internal.Model;
import io.belfry.sdk.internal.Shape;
import io.belfry.sdk.internal.Values;
import org.jspecify.annotations.Nullable;

/**
 * The value {@code MetricSample}.
 */
public final class MetricSample extends Model {
  /**
   * For the SDK itself: how this is read.
   */
  public static final Shape<MetricSample> SHAPE = Shape.of("MetricSample")
      .enumeration(MetricSampleTypename::of, "__typename")
      .object(MetricLabel.SHAPE, "labels!")
      .object(DataPoint.SHAPE, "point")
      .build(MetricSample::new);

  private MetricSample(Values values) {
    super(values);
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
}
