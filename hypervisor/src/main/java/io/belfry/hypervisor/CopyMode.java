package io.belfry.hypervisor;

/// How a volume is copied.
public enum CopyMode {
  /// Every byte; the copy stands alone.
  FULL,
  /// Only differences are stored; the driver keeps the source's content as long as a copy needs it.
  LINKED
}
