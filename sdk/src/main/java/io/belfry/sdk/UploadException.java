package io.belfry.sdk;

import org.jspecify.annotations.Nullable;

/// An upload didn't come to its end. What has arrived is kept: [ChunkedUpload#resume] goes on with
/// it, and `UploadTaskApi.cancelUploadTask` lets the server forget it.
public final class UploadException extends ApiException {
  private final @Nullable String uploadTaskId;

  UploadException(String operation, @Nullable String uploadTaskId, String reason) {
    super(Failure.of(operation, 0, reason));
    this.uploadTaskId = uploadTaskId;
  }

  UploadException(@Nullable String uploadTaskId, ApiException cause) {
    super(cause);
    this.uploadTaskId = uploadTaskId;
  }

  /// What to go on with; absent if the server has not taken the first chunk.
  public @Nullable String uploadTaskId() {
    return uploadTaskId;
  }
}
