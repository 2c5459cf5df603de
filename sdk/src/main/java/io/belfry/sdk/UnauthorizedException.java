package io.belfry.sdk;

/// The server doesn't accept the token, or there is none. Log in again.
public final class UnauthorizedException extends ApiException {
  UnauthorizedException(Failure failure) {
    super(failure);
  }
}
