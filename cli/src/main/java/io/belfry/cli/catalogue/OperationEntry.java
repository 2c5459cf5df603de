package io.belfry.cli.catalogue;

import io.belfry.sdk.Json;
import io.belfry.sdk.Operation;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An operation of the API as a command.
///
/// @param verb what the command is called within its group, `start`
/// @param path `start-vm`
/// @param name the guide's name, `startVm`
/// @param encoding how arguments are sent
/// @param isPublic whether it needs no login
/// @param hasTasks whether the answer holds tasks to wait for
/// @param kind what sort of operation it is
/// @param sent the arguments' type; absent if there are none
public record OperationEntry(
    String verb,
    String path,
    String name,
    String doc,
    Operation.Encoding encoding,
    boolean isPublic,
    boolean hasTasks,
    Kind kind,
    @Nullable TypeUse sent,
    TypeUse result) {

  /// What takes something away that people may miss.
  private static final Set<String> DESTRUCTIVE =
      Set.of(
          "delete",
          "remove",
          "destroy",
          "purge",
          "clear",
          "uninstall",
          "poweroff",
          "shutdown",
          "restart",
          "force",
          "move",
          "suspend",
          "rollback",
          "stop",
          "abort",
          "disassociate",
          "eject",
          "reset");

  /// What sort of operation something is.
  public enum Kind {
    LIST,
    COUNT,
    OTHER
  }

  static OperationEntry of(String verb, Json json) {
    return new OperationEntry(
        verb,
        json.get("path").asText(),
        json.get("name").asText(),
        json.get("doc").asText(),
        encoding(json),
        json.has("public"),
        json.has("task"),
        kind(json),
        json.has("sent") ? TypeUse.of(json.get("sent")) : null,
        TypeUse.of(json.get("result")));
  }

  private static Operation.Encoding encoding(Json json) {
    if (json.has("get")) {
      return Operation.Encoding.QUERY;
    }
    return json.has("multipart") ? Operation.Encoding.MULTIPART : Operation.Encoding.JSON;
  }

  private static Kind kind(Json json) {
    if (json.has("lists")) {
      return Kind.LIST;
    }
    return json.has("counts") ? Kind.COUNT : Kind.OTHER;
  }

  /// Whether it changes nothing.
  public boolean reads() {
    return path.startsWith("get-") || encoding == Operation.Encoding.QUERY || path.equals("login");
  }

  /// Whether it takes something away that people may miss.
  public boolean isDestructive() {
    return !reads() && DESTRUCTIVE.contains(path.split("-")[0].toLowerCase(Locale.ROOT));
  }

  /// The call in the SDK's terms.
  public Operation<Json> call() {
    var call = Operation.json(path);
    return new Operation<>(call.path(), encoding, !isPublic, call.answer());
  }
}
