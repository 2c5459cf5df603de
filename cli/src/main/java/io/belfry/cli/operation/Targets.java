package io.belfry.cli.operation;

import io.belfry.cli.catalogue.Definition;
import io.belfry.cli.command.Invocation;
import io.belfry.cli.command.Names;
import io.belfry.cli.shell.Failure;
import io.belfry.cli.where.Where;
import io.belfry.sdk.Json;
import java.util.Optional;

/// Which objects a command acts on: those that were named, or those that meet a condition.
final class Targets {
  private Targets() {}

  /// The filter; nothing if nothing was said.
  ///
  /// @throws Failure if both were said, or a name can't be found
  static Optional<Json> of(Invocation invocation, Definition entity) {
    var named = invocation.positionals();
    var condition = invocation.text("--where");
    if (!named.isEmpty() && condition != null) {
      throw Failure.usage("say which by names or by --where, not by both");
    }
    if (condition != null) {
      return Optional.of(
          Where.parse(
              invocation.catalogue(),
              condition,
              entity,
              invocation.surroundings().clock().instant()));
    }
    return named.isEmpty()
        ? Optional.empty()
        : Optional.of(Json.object("id_in", new Names(invocation.server()).ids(entity, named)));
  }
}
