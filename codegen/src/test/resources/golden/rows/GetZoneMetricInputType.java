package io.belfry.store.rows;

public enum GetZoneMetricInputType {
  primary_to_secondary("primary-to-secondary"),

  secondary_to_primary("secondary-to-primary");

  private final String wire;

  GetZoneMetricInputType(String wire) {
    this.wire = wire;
  }

  /**
   * @throws IllegalArgumentException if there is no such value
   */
  public static GetZoneMetricInputType of(String wire) {
    return switch (wire) {
      case "primary-to-secondary" -> primary_to_secondary;
      case "secondary-to-primary" -> secondary_to_primary;
      default -> throw new IllegalArgumentException("GetZoneMetricInputType has no value " + wire);
    };
  }

  /**
   * The value in JSON and in the store.
   */
  public String wire() {
    return wire;
  }
}
