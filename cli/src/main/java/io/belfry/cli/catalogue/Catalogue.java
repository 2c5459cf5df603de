package io.belfry.cli.catalogue;

import io.belfry.sdk.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// All commands and types of the API. Each is read from its own small file when it is first asked
/// for, as a command needs few of them and should start at once. Made at build time from the
/// schema.
public final class Catalogue {
  private final Json index = read("index").orElseThrow();

  /// The names of all groups, `vm`.
  public Set<String> groups() {
    return index.get("groups").fields().keySet();
  }

  /// The verbs of a group.
  public List<String> verbs(String group) {
    return index.get("groups").get(group).elements().stream().map(Json::asText).toList();
  }

  /// The paths of all operations.
  public Set<String> paths() {
    return index.get("paths").fields().keySet();
  }

  /// The operations of a group, by verb.
  ///
  /// @param group must be one of [#groups]
  public List<OperationEntry> operations(String group) {
    return read("group/" + group).orElseThrow().fields().entrySet().stream()
        .map(each -> OperationEntry.of(each.getKey(), each.getValue()))
        .toList();
  }

  public Optional<OperationEntry> operation(String path) {
    var group = index.get("paths").fields().get(path);
    return group == null
        ? Optional.empty()
        : operations(group.asText()).stream().filter(each -> each.path().equals(path)).findFirst();
  }

  /// An entity that is known to exist.
  public Definition entity(String name) {
    return definition("entity", name);
  }

  /// What a type's name refers to: an entity, an object, an input.
  ///
  /// @throws IllegalArgumentException if it has no fields
  public Definition definition(TypeUse type) {
    return switch (type.kind()) {
      case ENTITY, WHERE, LIST_REQUEST -> definition("entity", type.name());
      case OBJECT -> definition("object", type.name());
      case INPUT -> definition("input", type.name());
      case SCALAR, ENUM -> throw new IllegalArgumentException(type + " has no fields");
    };
  }

  private Definition definition(String folder, String name) {
    return Definition.of(name, read(folder + "/" + name).orElseThrow());
  }

  /// The values of an enum.
  public List<String> values(String name) {
    return read("enum/" + name).orElseThrow().get("values").elements().stream()
        .map(Json::asText)
        .toList();
  }

  private static Optional<Json> read(String name) {
    try (var file = Catalogue.class.getResourceAsStream(name + ".json")) {
      return file == null
          ? Optional.empty()
          : Optional.of(Json.parse(new String(file.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
