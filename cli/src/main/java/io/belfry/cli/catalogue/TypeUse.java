package io.belfry.cli.catalogue;

import io.belfry.sdk.Json;
import java.util.Locale;

/// The type of a field, an argument or an answer.
///
/// @param name of the scalar or definition: `LONG`, `VmStatus`
/// @param many whether a list of such values stands here
public record TypeUse(Kind kind, String name, boolean many) {
  /// What sort of type a name refers to.
  public enum Kind {
    SCALAR,
    ENUM,
    OBJECT,
    ENTITY,
    INPUT,
    WHERE,
    LIST_REQUEST
  }

  static TypeUse of(Json json) {
    return new TypeUse(
        Kind.valueOf(json.get("kind").asText().toUpperCase(Locale.ROOT)),
        json.get("type").asText(),
        json.has("many"));
  }

  public boolean is(Kind other) {
    return kind == other;
  }

  /// Whether this is a scalar with that name, one or many.
  public boolean isScalar(String scalar) {
    return kind == Kind.SCALAR && name.equals(scalar);
  }
}
