package io.belfry.operations.metric;

import java.time.Duration;

/// What one answer may cost.
///
/// @param metrics how many may be asked for at once
/// @param streams how many series of points it may hold; it says so when there would be more
/// @param points how many of them a stream may have
/// @param fewestPoints how many a stream has even if working them out costs a lot
/// @param values how many values of the driver may be added up before streams get fewer points
/// @param candidates how many things are compared to find the busiest
/// @param longest range
record MetricLimits(
    int metrics,
    int streams,
    int points,
    int fewestPoints,
    long values,
    int candidates,
    Duration longest) {
  static final MetricLimits DEFAULT =
      new MetricLimits(50, 500, 360, 12, 3_000_000, 100_000, Duration.ofDays(366));
}
