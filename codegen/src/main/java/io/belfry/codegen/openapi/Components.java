package io.belfry.codegen.openapi;

import io.belfry.schema.Derived;
import io.belfry.schema.Schema;
import io.belfry.schema.Type;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The components that the document refers to, directly or through others.
final class Components {
  private final Schema schema;
  private final Map<String, Component> byName = new HashMap<>();
  private final Deque<Component> waiting = new ArrayDeque<>();

  Components(Schema schema) {
    this.schema = schema;
  }

  /// Where the document holds a component; from now on it must hold it.
  ///
  /// @throws IllegalArgumentException if another component has its name
  String reference(Component component) {
    var known = byName.putIfAbsent(component.name(), component);
    if (known == null) {
      waiting.add(component);
    } else if (!known.equals(component)) {
      throw new IllegalArgumentException("two components are called " + component.name());
    }
    return "#/components/schemas/" + component.name();
  }

  /// A component that was referred to and has not been asked for yet.
  Optional<Component> next() {
    return Optional.ofNullable(waiting.poll());
  }

  /// What a field or parameter holds, unless it is a scalar; a relation holds what is nested.
  Component of(Type type) {
    return switch (type) {
      case Type.EnumRef(var name) -> new Component.Enumeration(schema.enumType(name));
      case Type.ObjectRef(var name) -> object(name);
      case Type.EntityRef(var name) -> new Component.Nested(schema.entity(name));
      case Type.InputRef(var name) -> input(name);
      case Type.WhereRef(var name) -> new Component.Where(schema.entity(name));
      case Type.ListRequestRef(var name) -> {
        var entity = schema.entity(name);
        yield new Component.ListRequest(Derived.listRequestName(entity), entity);
      }
      case Type.Scalar scalar -> throw new IllegalArgumentException(scalar + " is no component");
    };
  }

  /// What an operation answers: of an entity all that is shown, not what is nested.
  Component whole(Type type) {
    if (type instanceof Type.EntityRef(var name)) {
      var entity = schema.entity(name);
      return new Component.Model(name, entity.shown(), entity.doc());
    }
    return of(type);
  }

  private Component object(String name) {
    var object = schema.object(name);
    return new Component.Model(name, object.fields().values(), object.doc());
  }

  private Component input(String name) {
    var input = schema.input(name);
    return new Component.Model(name, input.fields().values(), input.doc());
  }
}
