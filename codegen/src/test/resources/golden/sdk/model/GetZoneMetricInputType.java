package io.belfry.sdk.model;

import io.belfry.sdk.EnumValue;
import org.jspecify.annotations.Nullable;

/**
 * Which way between the zones of a stretched cluster.
 * <p>Newer servers may send other values than these constants; see {@link #known}.
 */
public final class GetZoneMetricInputType implements EnumValue {
  public static final GetZoneMetricInputType primary_to_secondary = new GetZoneMetricInputType("primary-to-secondary", Known.primary_to_secondary);

  public static final GetZoneMetricInputType secondary_to_primary = new GetZoneMetricInputType("secondary-to-primary", Known.secondary_to_primary);

  private final String value;

  private final Known known;

  private GetZoneMetricInputType(String value, Known known) {
    this.value = value;
    this.known = known;
  }

  /**
   * The value with this text, be it known or not.
   */
  public static GetZoneMetricInputType of(String value) {
    return switch (value) {
      case "primary-to-secondary" -> primary_to_secondary;
      case "secondary-to-primary" -> secondary_to_primary;
      default -> new GetZoneMetricInputType(value, Known.UNRECOGNIZED);
    };
  }

  @Override
  public String value() {
    return value;
  }

  /**
   * For {@code switch}.
   */
  public Known known() {
    return known;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof GetZoneMetricInputType that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return value;
  }

  /**
   * The values that this version of the SDK knows.
   */
  public enum Known {
    primary_to_secondary,

    secondary_to_primary,

    /**
     * A value that this version doesn't know.
     */
    UNRECOGNIZED
  }
}
