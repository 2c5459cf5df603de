package io.belfry.store.database;

import io.belfry.query.layout.Layout;
import io.belfry.schema.Entity;
import io.belfry.schema.Field;
import io.belfry.schema.Schema;
import io.belfry.schema.Type;
import io.belfry.schema.TypeUse;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Layouts of a few entities, as an older or newer Belfry might have had them.
final class SmallLayouts {
  private SmallLayouts() {}

  static Layout layout(Entity... entities) {
    var byName = new LinkedHashMap<String, Entity>();
    Arrays.stream(entities).forEach(entity -> byName.put(entity.name(), entity));
    return Layout.of(new Schema(byName, Map.of(), Map.of(), Map.of(), Map.of()));
  }

  static Entity entity(String name, Field... fields) {
    var byName = new LinkedHashMap<String, Field>();
    byName.put("id", field("id", new TypeUse(Type.Scalar.STRING, false, true)));
    Arrays.stream(fields).forEach(field -> byName.put(field.name(), field));
    return new Entity(name, null, null, "", List.of("id"), byName, "");
  }

  static Field text(String name) {
    return field(name, new TypeUse(Type.Scalar.STRING, false, false));
  }

  static Field number(String name) {
    return field(name, new TypeUse(Type.Scalar.INT, false, false));
  }

  static Field requiredNumber(String name) {
    return field(name, new TypeUse(Type.Scalar.INT, false, true));
  }

  static Field one(String name, String target) {
    return field(name, new TypeUse(new Type.EntityRef(target), false, false));
  }

  static Field requiredOne(String name, String target) {
    return field(name, new TypeUse(new Type.EntityRef(target), false, true));
  }

  static Field many(String name, String target) {
    return field(name, new TypeUse(new Type.EntityRef(target), true, false));
  }

  private static Field field(String name, TypeUse use) {
    return new Field(name, name, use, null, Field.Marks.NONE, "");
  }
}
