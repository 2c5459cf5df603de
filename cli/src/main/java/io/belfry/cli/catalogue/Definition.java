package io.belfry.cli.catalogue;

import io.belfry.sdk.Json;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An entity, an object or an input.
///
/// @param name `Vm`
/// @param listPath the operation that lists such objects, `get-vms`
/// @param label the field that people know such objects by, `name`
public record Definition(
    String name, @Nullable String listPath, @Nullable String label, List<Field> fields) {

  static Definition of(String name, Json json) {
    return new Definition(
        name,
        Field.text(json, "list"),
        Field.text(json, "label"),
        json.get("fields").elements().stream().map(Field::of).toList());
  }

  public Optional<Field> field(String field) {
    return fields.stream().filter(each -> each.name().equals(field)).findFirst();
  }

  /// The fields that answers hold.
  public List<Field> shown() {
    return fields.stream().filter(field -> !field.filter().whereOnly()).toList();
  }

  /// Whether people can say a name where the API wants an id.
  public boolean hasNames() {
    return listPath != null && label != null;
  }
}
