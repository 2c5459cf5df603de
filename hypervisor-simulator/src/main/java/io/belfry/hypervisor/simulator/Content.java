package io.belfry.hypervisor.simulator;

import org.jspecify.annotations.Nullable;

/// What is written on a volume.
///
/// @param bytes how much, without redundancy
/// @param borrowedBytes the part of them that a linked copy reads from its source
/// @param guest what is installed; null for none
public record Content(long bytes, long borrowedBytes, @Nullable GuestImage guest) {
  static final Content EMPTY = new Content(0, 0, null);

  /// The same, written again.
  Content copied() {
    return new Content(bytes, 0, guest);
  }

  /// The same, read from where it is.
  Content linked() {
    return new Content(bytes, bytes, guest);
  }

  Content with(GuestImage other) {
    return new Content(bytes, borrowedBytes, other);
  }
}
