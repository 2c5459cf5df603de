package io.belfry.sdk;

/// Something that the operation names doesn't exist, or the server doesn't know the operation.
public final class NotFoundException extends ApiException {
  NotFoundException(Failure failure) {
    super(failure);
  }
}
