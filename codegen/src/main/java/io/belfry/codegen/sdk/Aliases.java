package io.belfry.codegen.sdk;

import io.belfry.schema.Operation;
import java.util.List;
import java.util.Map;

/// Names that the guide uses for operations, from versions of the API where they were called so.
final class Aliases {
  private static final Map<String, String> BY_OPERATION =
      Map.of("migrateVm", "migRateVm", "poweroffVm", "forceShutDownVm");

  private Aliases() {}

  static List<String> of(Operation operation) {
    var alias = BY_OPERATION.get(operation.name());
    return alias == null ? List.of() : List.of(alias);
  }
}
