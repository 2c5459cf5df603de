package io.belfry.sdk;

import org.jspecify.annotations.Nullable;

/// The server couldn't be reached, or didn't answer in time. Whether it did what it was asked to is
/// not known.
public final class NoAnswerException extends ApiException {
  NoAnswerException(Failure failure, @Nullable Throwable cause) {
    super(failure, cause);
  }
}
