package io.belfry.codegen.sdk;

import static javax.lang.model.element.Modifier.FINAL;
import static javax.lang.model.element.Modifier.PUBLIC;
import static javax.lang.model.element.Modifier.STATIC;

import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import io.belfry.schema.Derived;
import io.belfry.schema.Entity;
import io.belfry.schema.Field;
import io.belfry.schema.Type;
import java.util.Optional;

/// `Vm.NAME`: the constant that stands for a field in queries.
final class Handle {
  private Handle() {}

  /// Absent where the field can neither be filtered nor ordered by.
  static Optional<FieldSpec> of(Entity entity, Field field) {
    if (Derived.operators(field).isEmpty() && !Derived.isOrderable(field)) {
      return Optional.empty();
    }
    return Optional.of(
        FieldSpec.builder(type(entity, field), Names.handle(field.name()))
            .addModifiers(PUBLIC, STATIC, FINAL)
            .initializer("new $T($S)", type(entity, field), field.wireName())
            .build());
  }

  private static TypeName type(Entity entity, Field field) {
    return switch (field.type()) {
      case Type.Scalar.STRING -> type("TextField", entity);
      case Type.Scalar.INT, Type.Scalar.LONG, Type.Scalar.FLOAT -> type("NumberField", entity);
      case Type.Scalar.BOOLEAN -> type("BooleanField", entity);
      case Type.Scalar.DATE_TIME -> type("DateField", entity);
      case Type.EnumRef(String name) -> type("EnumField", entity, name);
      case Type.EntityRef(String name) -> type(field.isList() ? "ToMany" : "ToOne", entity, name);
      case Type.Scalar.JSON -> type("ObjectField", entity);
      case Type.ObjectRef _ -> type("ObjectField", entity);
      case Type.Scalar.UPLOAD ->
          throw new IllegalArgumentException("no entity holds a " + field.type());
      case Type.InputRef _, Type.WhereRef _, Type.ListRequestRef _ ->
          throw new IllegalArgumentException("no entity holds a " + field.type());
    };
  }

  private static TypeName type(String handle, Entity entity, String... more) {
    var arguments = new TypeName[1 + more.length];
    arguments[0] = Names.model(entity.name());
    for (int i = 0; i < more.length; i++) {
      arguments[i + 1] = Names.model(more[i]);
    }
    return ParameterizedTypeName.get(Names.sdk(handle), arguments);
  }
}
