package io.belfry.datacenter;

/// Sizes.
final class Bytes {
  static final long MIB = 1L << 20;
  static final long GIB = 1L << 30;

  /// As disk makers count.
  static final long GB = 1_000_000_000;

  private Bytes() {}
}
