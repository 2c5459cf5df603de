package io.belfry.schema;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The whole API: entities, objects, inputs, enums and operations, each by name. Immutable; share
/// one.
///
/// @param operations by path
public record Schema(
    Map<String, Entity> entities,
    Map<String, ObjectType> objects,
    Map<String, InputType> inputs,
    Map<String, EnumType> enums,
    Map<String, Operation> operations) {

  public Schema {
    entities = sorted(entities);
    objects = sorted(objects);
    inputs = sorted(inputs);
    enums = sorted(enums);
    operations = sorted(operations);
  }

  /// The schema that this build of Belfry serves, which the build has checked.
  public static Schema bundled() {
    return CompiledSchema.bundledSchema();
  }

  /// The entity with this name.
  ///
  /// @throws IllegalArgumentException if there is none
  public Entity entity(String name) {
    return required(entities, name, "entity");
  }

  /// @throws IllegalArgumentException if there is none
  public ObjectType object(String name) {
    return required(objects, name, "object");
  }

  /// @throws IllegalArgumentException if there is none
  public InputType input(String name) {
    return required(inputs, name, "input");
  }

  /// @throws IllegalArgumentException if there is none
  public EnumType enumType(String name) {
    return required(enums, name, "enum");
  }

  public Optional<Operation> operation(String path) {
    return Optional.ofNullable(operations.get(path));
  }

  /// The entity that a relation leads to.
  public Entity target(Field relation) {
    return entity(relation.target());
  }

  private static <T> T required(Map<String, T> all, String name, String what) {
    var found = all.get(name);
    if (found == null) {
      throw new IllegalArgumentException("the schema has no " + what + " " + name);
    }
    return found;
  }

  private static <T> Map<String, T> sorted(Map<String, T> map) {
    return Collections.unmodifiableMap(new TreeMap<>(map));
  }
}
