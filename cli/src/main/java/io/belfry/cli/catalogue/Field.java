package io.belfry.cli.catalogue;

import io.belfry.sdk.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A field of an entity, an object or an input.
///
/// @param name as in JSON
/// @param doc sentences for people; empty if there is nothing to say
/// @param unit what a number counts, such as `BYTE`
/// @param refers the entity whose id this holds, if its objects can be found by name
/// @param filter how filters can use it
public record Field(
    String name,
    TypeUse type,
    boolean required,
    String doc,
    @Nullable String unit,
    @Nullable String refers,
    Filter filter) {

  /// How lists can use a field.
  ///
  /// @param operators what stands behind the field's name in a filter's keys: `_contains`
  /// @param whereOnly whether answers leave it out
  public record Filter(List<String> operators, boolean orderable, boolean whereOnly) {}

  static Field of(Json json) {
    return new Field(
        json.get("name").asText(),
        TypeUse.of(json),
        json.has("required"),
        json.get("doc").asText(),
        text(json, "unit"),
        text(json, "refers"),
        new Filter(
            json.has("operators")
                ? json.get("operators").elements().stream().map(Json::asText).toList()
                : List.of(),
            json.has("orderable"),
            json.has("where_only")));
  }

  static @Nullable String text(Json json, String key) {
    return json.has(key) ? json.get(key).asText() : null;
  }

  /// Whether values are amounts of bytes, which people write as `4GiB`.
  public boolean isBytes() {
    return "BYTE".equals(unit);
  }
}
