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
/// @param key what the caller calls this request, so that a change is made once however often it
///   arrives
/// @param query what follows the path after a question mark; the first value of each name
public record Call(
    Operation operation,
    Optional<Caller> caller,
    JsonNode body,
    Language language,
    String peer,
    Optional<String> key,
    Map<String, String> query) {

  /// Who calls an operation that needs a caller.
  public Caller requiredCaller() {
    return caller.orElseThrow(
        () -> new IllegalStateException(operation.path() + " needs no caller, and so has none"));
  }
}
