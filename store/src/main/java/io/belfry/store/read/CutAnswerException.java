package io.belfry.store.read;

/// An answer broke off when a part of it had been written already, so that no problem can be told
/// any more: whoever writes it must cut the connection, lest the part is taken for the whole.
public final class CutAnswerException extends RuntimeException {
  CutAnswerException(Throwable cause) {
    super("the answer broke off: " + cause.getMessage(), cause);
  }
}
