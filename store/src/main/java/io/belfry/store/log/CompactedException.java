package io.belfry.store.log;

/// Changes after the revision that a reader has reached are no longer in the log, so it can't go on
/// without missing some. It must read the objects anew, and go on from there.
public final class CompactedException extends RuntimeException {
  private final long compactRevision;

  CompactedException(long after, long compactRevision) {
    super("changes after %s are gone up to %s".formatted(after, compactRevision));
    this.compactRevision = compactRevision;
  }

  /// The earliest revision from which the log can be read.
  public long compactRevision() {
    return compactRevision;
  }
}
