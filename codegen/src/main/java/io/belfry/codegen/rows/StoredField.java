package io.belfry.codegen.rows;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
import io.belfry.schema.Entity;
import io.belfry.schema.Field;
import io.belfry.schema.Relations;
import io.belfry.schema.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A field that the rows of an entity store, as their Java types show it.
///
/// @param key its name in the schema, by which a row's values are kept
/// @param name its name in Java
/// @param value how it is read
/// @param enumType the Java enum of a text that is an enum's value, null for others
/// @param required whether every row has a value
record StoredField(
    String key, String name, StoredValue value, @Nullable ClassName enumType, boolean required) {

  /// The stored fields of an entity, in the schema's order.
  static List<StoredField> of(Entity entity, Relations relations) {
    return entity.fields().values().stream()
        .filter(field -> isStored(entity, field, relations))
        .map(StoredField::of)
        .toList();
  }

  /// The Java type: `long`, `@Nullable Long`.
  TypeName type() {
    var type = enumType == null ? value.type() : enumType;
    return required ? type : type.box().annotated(Names.NULLABLE);
  }

  private static boolean isStored(Entity entity, Field field, Relations relations) {
    if (field.marks().whereOnly() || field.marks().computed().isPresent()) {
      return false;
    }
    return !field.use().isRelation() || relations.isOwn(entity, field);
  }

  private static StoredField of(Field field) {
    var name = field.use().isRelation() ? field.name() + "_id" : field.name();
    return new StoredField(
        field.name(), Names.member(name), StoredValue.of(field), enumType(field), field.required());
  }

  private static @Nullable ClassName enumType(Field field) {
    return !field.isList() && field.type() instanceof Type.EnumRef(var name)
        ? Names.type(name)
        : null;
  }
}
