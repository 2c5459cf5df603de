package io.belfry.schema;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Which action of a role each operation needs; most need none, as they read. Immutable.
///
/// @param actions by the operation's path, as roles hold them: `VM_OPERATION_VM_POWER`
public record Rights(Map<String, String> actions) {
  /// The action that stands for all.
  public static final String ALL = "*";

  public Rights {
    actions = Collections.unmodifiableMap(new TreeMap<>(actions));
  }

  /// The rights of [Schema#bundled], which the build has checked.
  public static Rights bundled() {
    return CompiledSchema.bundledRights();
  }

  /// What a caller must have to call this; nothing if being logged in is enough.
  public Optional<String> needed(Operation operation) {
    return Optional.ofNullable(actions.get(operation.path()));
  }
}
