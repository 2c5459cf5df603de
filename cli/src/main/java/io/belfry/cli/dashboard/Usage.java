package io.belfry.cli.dashboard;

import io.belfry.sdk.Json;

/// How much of something is used.
record Usage(double used, double total) {
  static Usage of(double used, double total) {
    return new Usage(used, total);
  }

  /// From 0 to 1; 0 if there is nothing to use.
  double fraction() {
    return total == 0 ? 0 : Math.clamp(used / total, 0, 1);
  }

  Json json() {
    return Json.object("used", Math.round(used), "total", Math.round(total));
  }
}
