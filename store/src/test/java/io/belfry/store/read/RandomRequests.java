package io.belfry.store.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.schema.Derived;
import io.belfry.schema.Derived.FilterKey;
import io.belfry.schema.Derived.Operator;
import io.belfry.schema.Entity;
import io.belfry.schema.Field;
import io.belfry.schema.Schema;
import io.belfry.schema.Type;
import io.belfry.store.row.LocalizedText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/// Random bodies of list operations over a [SampleWorld], in all forms that clients send.
record RandomRequests(Schema schema, SampleWorld world, SampleValues values) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int DEPTH = 3;

  ObjectNode body(Entity entity) {
    var body = JSON.objectNode();
    if (values.chance(0.9)) {
      body.set("where", where(entity, DEPTH));
    }
    if (values.chance(0.6)) {
      body.put("orderBy", orderBy(entity));
    }
    addPaging(entity, body);
    return body;
  }

  ObjectNode where(Entity entity, int depth) {
    var where = JSON.objectNode();
    var keys = usable(entity, depth);
    for (var n = values.chance(0.3) ? 2 : 1; n > 0; n--) {
      if (depth > 0 && values.chance(0.25)) {
        where.set(values.oneOf(List.of("AND", "OR", "NOT")), members(entity, depth - 1));
      } else if (values.chance(0.95)) {
        var key = values.oneOf(keys);
        where.set(key.key(), operand(entity, key, depth));
      }
    }
    return where;
  }

  String orderBy(Entity entity) {
    return values.oneOf(Derived.orders(entity));
  }

  /// All keys but those that lead to entities of which the world has no rows; relations first, as
  /// chance would prefer plain fields.
  private List<FilterKey> usable(Entity entity, int depth) {
    var keys =
        Derived.filterKeys(entity).stream()
            .filter(key -> !key.field().marks().whereOnly())
            .toList();
    var relations =
        keys.stream()
            .filter(key -> key.field().use().isRelation())
            .filter(key -> depth > 0 && SampleWorld.ENTITIES.contains(key.field().target()))
            .toList();
    if (!relations.isEmpty() && values.chance(0.4)) {
      return relations;
    }
    return keys.stream().filter(key -> !key.field().use().isRelation()).toList();
  }

  private JsonNode members(Entity entity, int depth) {
    if (values.chance(0.15)) {
      return where(entity, depth);
    }
    var members = JSON.arrayNode();
    for (var n = values.random().nextInt(4); n > 0; n--) {
      if (values.chance(0.1)) {
        members.addNull();
      } else {
        members.add(where(entity, depth));
      }
    }
    return members;
  }

  private JsonNode operand(Entity entity, FilterKey key, int depth) {
    if (key.field().use().isRelation()) {
      return values.chance(0.1) ? JSON.nullNode() : where(schema.target(key.field()), depth - 1);
    }
    var mayBeNull = key.operator().takesList() || isEquality(key.operator());
    if (mayBeNull && values.chance(0.1)) {
      return JSON.nullNode();
    }
    return key.operator().takesList() && values.chance(0.95)
        ? list(entity, key.field())
        : literal(entity, key.field());
  }

  private static boolean isEquality(Operator operator) {
    return operator == Operator.IS || operator == Operator.NOT;
  }

  private ArrayNode list(Entity entity, Field field) {
    var list = JSON.arrayNode();
    for (var n = values.random().nextInt(4); n > 0; n--) {
      if (values.chance(0.1)) {
        list.addNull();
      } else {
        list.add(literal(entity, field));
      }
    }
    return list;
  }

  private JsonNode literal(Entity entity, Field field) {
    return switch (value(entity, field)) {
      case Long whole when values.chance(0.2) -> JSON.textNode(whole.toString());
      case Long whole when values.chance(0.2) -> JSON.numberNode(whole.doubleValue());
      case Long whole -> JSON.numberNode(whole);
      case Double number when values.chance(0.2) -> JSON.textNode(number.toString());
      case Double number -> JSON.numberNode(number);
      case Boolean bool -> JSON.booleanNode(bool);
      case Instant time when values.chance(0.5) ->
          JSON.textNode(time.atOffset(ZoneOffset.ofHours(8)).toString());
      case LocalizedText text -> JSON.textNode(text.enUs());
      case Object other -> JSON.textNode(other.toString());
    };
  }

  /// Often what some row has.
  private Object value(Entity entity, Field field) {
    var rows = world.rows(entity.name());
    var met = rows.isEmpty() || values.chance(0.3) ? null : values.oneOf(rows).value(field.name());
    return met == null ? values.literal(field) : met;
  }

  private void addPaging(Entity entity, ObjectNode body) {
    if (values.chance(0.4)) {
      body.put(values.chance(0.6) ? "first" : "last", values.random().nextInt(6));
    }
    if (values.chance(0.2)) {
      body.put("skip", values.random().nextInt(4));
    }
    if (values.chance(0.15)) {
      body.put("after", cursor(entity));
    }
    if (values.chance(0.15)) {
      body.put("before", cursor(entity));
    }
  }

  private String cursor(Entity entity) {
    var rows = world.rows(entity.name());
    return rows.isEmpty() || values.chance(0.05) ? "nobody" : values.oneOf(rows).id();
  }

  /// Whether an order by this compares embedded objects, which has no meaning outside PostgreSQL.
  static boolean ordersJson(Entity entity, String orderBy) {
    var type = entity.field(orderBy.replaceFirst("_(ASC|DESC)$", "")).type();
    return type == Type.Scalar.JSON || type instanceof Type.ObjectRef;
  }
}
