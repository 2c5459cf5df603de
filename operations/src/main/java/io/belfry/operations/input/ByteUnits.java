package io.belfry.operations.input;

import java.util.List;

/// The API's units of size, powers of 1024.
final class ByteUnits {
  private static final List<String> UNITS = List.of("B", "KB", "MB", "GB", "TB", "PB");

  private ByteUnits() {}

  /// How many bytes one of a unit is.
  static long bytes(String unit) {
    return 1L << (10 * UNITS.indexOf(unit));
  }

  /// How many bytes a second one of a unit of bandwidth is, `MBps` for instance.
  static long bytesPerSecond(String unit) {
    return bytes(unit.substring(0, unit.length() - "ps".length()));
  }
}
