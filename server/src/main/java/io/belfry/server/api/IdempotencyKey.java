package io.belfry.server.api;

import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.server.http.Request;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The key by which a caller makes sure that a change is made once. Operations that change nothing
/// have no use for it.
public final class IdempotencyKey {
  private static final String HEADER = "idempotency-key";

  /// What every answer of an operation says, so that clients know that they may try again.
  static final Map<String, String> SUPPORTED = Map.of("x-belfry-features", HEADER);

  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

  private IdempotencyKey() {}

  /// @throws io.belfry.problem.ProblemException if it is no key
  static Optional<String> of(Request request) {
    var key = request.header(HEADER);
    if (key.isPresent() && !KEY.matcher(key.get()).matches()) {
      throw new Problem(
              ProblemCode.MALFORMED_REQUEST,
              "The header Idempotency-Key must be 1 to 255 visible ASCII letters, such as a UUID",
              Map.of("header", HEADER))
          .asException();
    }
    return key;
  }
}
