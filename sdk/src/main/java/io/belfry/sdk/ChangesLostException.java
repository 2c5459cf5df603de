package io.belfry.sdk;

/// Changes that a watch has not seen yet are no longer kept by the server. Read the objects anew,
/// and watch from then on.
public final class ChangesLostException extends ApiException {
  private final long compactRevision;

  ChangesLostException(Failure failure, long compactRevision) {
    super(failure);
    this.compactRevision = compactRevision;
  }

  /// Changes after this revision are kept; 0 if the server did not say.
  public long compactRevision() {
    return compactRevision;
  }
}
