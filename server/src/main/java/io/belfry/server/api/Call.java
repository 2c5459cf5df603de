package io.belfry.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.operations.Caller;
import io.belfry.query.Language;
import io.belfry.schema.Operation;
import java.util.Map;
import java.util.Optional;

/// One call of an operation.
///
/// @param caller absent where the operation needs none
/// @param body missing if there was none
/// @param peer the client's network address
/// @param query what follows the path after a question mark; the first value of each name
public record Call(
    Operation operation,
    Optional<Caller> caller,
    JsonNode body,
    Language language,
    String peer,
    Map<String, String> query) {

  /// Who calls an operation that needs a caller.
  public Caller requiredCaller() {
    return caller.orElseThrow(
        () -> new IllegalStateException(operation.path() + " needs no caller, and so has none"));
  }
}
