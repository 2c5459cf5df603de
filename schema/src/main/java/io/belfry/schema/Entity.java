package io.belfry.schema;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A kind of object that the API keeps and lists, such as `Vm`.
///
/// @param name the name on the wire, `Vm`
/// @param listPath the list operation's path, `get-vms`; absent where only relations lead here
/// @param connectionPath the counting operation's path, `get-vms-connection`
/// @param plural the name of many in operation names, `Vms` in `getVms`
/// @param nested the fields that a relation to this entity shows, in wire order
/// @param fields all fields by name, in the order of the schema file
/// @param doc sentences for people
public record Entity(
    String name,
    @Nullable String listPath,
    @Nullable String connectionPath,
    String plural,
    List<String> nested,
    Map<String, Field> fields,
    String doc) {

  public Entity {
    nested = List.copyOf(nested);
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /// The field with this name.
  ///
  /// @throws IllegalArgumentException if there is none: a mistake in our own code, not in a request
  public Field field(String field) {
    return findField(field)
        .orElseThrow(() -> new IllegalArgumentException(name + " has no field " + field));
  }

  public Optional<Field> findField(String field) {
    return Optional.ofNullable(fields.get(field));
  }

  /// The fields that an answer shows: all but those that exist in filters only.
  public List<Field> shown() {
    return fields.values().stream().filter(field -> !field.marks().whereOnly()).toList();
  }
}
