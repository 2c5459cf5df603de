package io.belfry.cli.command;

import io.belfry.cli.catalogue.Definition;
import io.belfry.cli.catalogue.Nearest;
import io.belfry.cli.shell.ExitCode;
import io.belfry.cli.shell.Failure;
import io.belfry.sdk.Json;
import io.belfry.sdk.Operation;
import java.util.List;

/// Turns names into ids.
public record Names(Server server) {
  /// Values that stand for no object, such as the host that the cluster chooses.
  private static final List<String> SPECIAL = List.of("AUTO_SCHEDULE");

  private static final int MOST_NAMES = 1000;

  /// The ids of objects, in the order of what was given.
  ///
  /// @param given names or ids
  /// @throws Failure if there is no such object, or several have that name
  public List<String> ids(Definition entity, List<String> given) {
    if (!entity.hasNames() || SPECIAL.containsAll(given)) {
      return given;
    }
    var label = String.valueOf(entity.label());
    var either = List.of(Json.object("id_in", given), Json.object(label + "_in", given));
    var found = list(entity, Json.object("where", Json.object("OR", either)));
    return given.stream().map(each -> id(entity, label, each, found)).toList();
  }

  private String id(Definition entity, String label, String given, List<Json> found) {
    if (SPECIAL.contains(given)) {
      return given;
    }
    if (found.stream().anyMatch(each -> text(each, "id").equals(given))) {
      return given;
    }
    var named = found.stream().filter(each -> text(each, label).equals(given)).toList();
    return switch (named.size()) {
      case 0 -> throw unknown(entity, label, given);
      case 1 -> text(named.get(0), "id");
      default -> throw ambiguous(entity, given, named);
    };
  }

  private Failure unknown(Definition entity, String label, String given) {
    var some = list(entity, Json.object("first", MOST_NAMES));
    var names = some.stream().map(each -> text(each, label)).distinct().toList();
    return new Failure(
            ExitCode.NOT_FOUND,
            "no %s has the name or id '%s'%s"
                .formatted(entity.name(), given, Nearest.question(given, names)))
        .with("type", Json.of(entity.name()))
        .with("name", Json.of(given));
  }

  private static Failure ambiguous(Definition entity, String given, List<Json> named) {
    var message =
        new StringBuilder(
            "%s objects of the kind %s have the name '%s'; say which by its id:"
                .formatted(named.size(), entity.name(), given));
    for (var each : named) {
      message.append("\n  ").append(text(each, "id"));
      var cluster = each.get("cluster");
      if (cluster.isObject()) {
        message.append("  in cluster ").append(text(cluster, "name"));
      }
    }
    return new Failure(ExitCode.NOT_FOUND, message.toString())
        .with("candidates", Json.of(named.stream().map(each -> each.get("id")).toList()));
  }

  private List<Json> list(Definition entity, Json query) {
    return server.call(Operation.json(String.valueOf(entity.listPath())), query).elements();
  }

  private static String text(Json object, String key) {
    var value = object.get(key);
    return value.isNull() ? "" : value.asText();
  }
}
