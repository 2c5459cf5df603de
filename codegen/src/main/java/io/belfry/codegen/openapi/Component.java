package io.belfry.codegen.openapi;

import io.belfry.schema.Derived;
import io.belfry.schema.Entity;
import io.belfry.schema.EnumType;
import io.belfry.schema.Field;
import java.util.Collection;
import java.util.List;

/// A schema of the document that others refer to by its name.
sealed interface Component {
  String name();

  /// An entity as lists show it, or an object, or the parameters of an operation.
  record Model(String name, Collection<Field> fields, String doc) implements Component {
    public Model {
      fields = List.copyOf(fields);
    }
  }

  /// An entity as relations to it show it.
  record Nested(Entity entity) implements Component {
    @Override
    public String name() {
      return Derived.nestedName(entity);
    }
  }

  /// The filter over an entity.
  record Where(Entity entity) implements Component {
    @Override
    public String name() {
      return Derived.whereName(entity);
    }
  }

  /// The orders of an entity.
  record OrderBy(Entity entity) implements Component {
    @Override
    public String name() {
      return Derived.orderByName(entity);
    }
  }

  /// The body of a list or count operation.
  record ListRequest(String name, Entity entity) implements Component {}

  /// The answer of a count operation.
  record Connection(Entity entity) implements Component {
    @Override
    public String name() {
      return Derived.connectionName(entity);
    }
  }

  record Enumeration(EnumType type) implements Component {
    @Override
    public String name() {
      return type.name();
    }
  }

  /// The result of an operation together with the task that makes it come true.
  record WithTask(Component result) implements Component {
    @Override
    public String name() {
      return "WithTask" + result.name();
    }
  }
}
