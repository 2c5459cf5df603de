package io.belfry.hypervisor.simulator;

/// What shares a volume's content, and so keeps it from being its own.
///
/// @param snapshots how many were taken of it and exist
/// @param linked whether linked copies were made of it, or it is one; it stays so
/// @param sinceMillis when it last became shared; means nothing unless it is
public record Sharing(int snapshots, boolean linked, long sinceMillis) {
  static final Sharing NONE = new Sharing(0, false, 0);

  boolean isShared() {
    return snapshots > 0 || linked;
  }

  Sharing withSnapshot(long nowMillis) {
    return new Sharing(snapshots + 1, linked, nowMillis);
  }

  Sharing withoutSnapshot() {
    return new Sharing(snapshots - 1, linked, sinceMillis);
  }

  Sharing withLink(long nowMillis) {
    return new Sharing(snapshots, true, nowMillis);
  }

  /// After the volume got the content of one of its snapshots.
  Sharing renewed(long nowMillis) {
    return new Sharing(snapshots, linked, nowMillis);
  }
}
