package io.belfry.codegen.sdk;

import io.belfry.schema.Entity;
import io.belfry.schema.Field;
import io.belfry.schema.InputType;
import io.belfry.schema.ObjectType;
import io.belfry.schema.Operation;
import io.belfry.schema.Schema;
import io.belfry.schema.Type;
import io.belfry.schema.TypeUse;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// The types that operations lead to. The schema holds a few others, which would be dead code.
///
/// @param nestedNames entities that others show as relations
/// @param objectNames objects in answers and inputs
/// @param inputNames inputs
/// @param builtNames objects in inputs, which users build
record UsedTypes(
    Schema schema,
    SortedSet<String> nestedNames,
    SortedSet<String> objectNames,
    SortedSet<String> inputNames,
    SortedSet<String> builtNames) {

  static UsedTypes of(Schema schema) {
    var used =
        new UsedTypes(schema, new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
    schema.entities().values().forEach(entity -> used.answered(entity.shown()));
    schema.operations().values().forEach(used::add);
    return used;
  }

  Collection<Entity> nested() {
    return nestedNames.stream().map(schema::entity).toList();
  }

  Collection<ObjectType> objects() {
    return objectNames.stream().map(schema::object).toList();
  }

  Collection<InputType> inputs() {
    return inputNames.stream().map(schema::input).toList();
  }

  private void add(Operation operation) {
    answered(operation.result());
    Optional.ofNullable(operation.sent()).ifPresent(this::sent);
  }

  private void answered(Collection<Field> fields) {
    fields.forEach(field -> {
      if (field.type() instanceof Type.EntityRef(String entity)) {
        nestedNames.add(entity);
      }
      answered(field.use());
    });
  }

  private void answered(TypeUse use) {
    if (use.type() instanceof Type.ObjectRef(String name) && objectNames.add(name)) {
      answered(schema.object(name).fields().values());
    }
  }

  private void sent(TypeUse use) {
    switch (use.type()) {
      case Type.ObjectRef(String name) -> sentObject(name);
      // What is answered and sent alike is one class.
      case Type.InputRef(String name) when schema.objects().containsKey(name) -> sentObject(name);
      case Type.InputRef(String name) -> sentInput(name);
      default -> {}
    }
  }

  private void sentInput(String name) {
    if (inputNames.add(name)) {
      schema.input(name).fields().values().forEach(field -> sent(field.use()));
    }
  }

  private void sentObject(String name) {
    objectNames.add(name);
    if (builtNames.add(name)) {
      schema.object(name).fields().values().forEach(field -> sent(field.use()));
    }
  }
}
