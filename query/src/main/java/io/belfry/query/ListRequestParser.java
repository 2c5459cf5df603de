package io.belfry.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.belfry.problem.ProblemException;
import io.belfry.schema.Derived;
import io.belfry.schema.Entity;
import io.belfry.schema.Field;
import io.belfry.schema.Schema;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the bodies of list and count operations. Thread-safe; share one.
public final class ListRequestParser {
  private static final List<String> KEYS =
      List.of("where", "orderBy", "skip", "first", "last", "after", "before");

  private final WhereParser wheres;
  private final ValueParser values;
  private final Map<String, Map<String, Order>> orders;

  public ListRequestParser(Schema schema, QueryLimits limits, WhereParser wheres) {
    this.wheres = wheres;
    this.values = new ValueParser(schema, limits);
    this.orders = new HashMap<>();
    schema.entities().values().forEach(entity -> orders.put(entity.name(), orders(entity)));
  }

  /// What a body asks for; everything in it is optional, and so is the body.
  ///
  /// @throws ProblemException naming the first place that can't be understood
  public ListRequest parse(Entity entity, JsonNode body) {
    var given = body.isNull() ? MissingNode.getInstance() : body;
    requireKnownKeys(entity, given);
    return new ListRequest(
        entity,
        wheres.parse(entity, given.path("where"), "where"),
        order(entity, given.path("orderBy")),
        paging(given));
  }

  private static Map<String, Order> orders(Entity entity) {
    var orders = new LinkedHashMap<String, Order>();
    for (var field : entity.fields().values()) {
      if (Derived.isOrderable(field)) {
        orders.put(constant(field, "_ASC"), new Order(field, false));
        orders.put(constant(field, "_DESC"), new Order(field, true));
      }
    }
    return orders;
  }

  private static String constant(Field field, String direction) {
    return field.wireName() + direction;
  }

  private static void requireKnownKeys(Entity entity, JsonNode given) {
    if (!given.isObject() && !given.isMissingNode()) {
      throw Refusal.wrongType("body", given, "an object, { … }");
    }
    for (var property : given.properties()) {
      if (!KEYS.contains(property.getKey())) {
        throw Refusal.unknownKey("", Derived.listRequestName(entity), property.getKey(), KEYS);
      }
    }
  }

  private Order order(Entity entity, JsonNode given) {
    if (isAbsent(given)) {
      return Order.byId(entity);
    }
    var known = orders.getOrDefault(entity.name(), Map.of());
    var order = given.isTextual() ? known.get(given.textValue()) : null;
    if (order == null) {
      throw Refusal.unknownConstant("orderBy", given, known.keySet());
    }
    return order;
  }

  private Paging paging(JsonNode given) {
    var first = count(given, "first");
    var last = count(given, "last");
    if (first != null && last != null) {
      throw Refusal.outOfRange(
          "last", "first is %s and last is %s: give only one of them".formatted(first, last));
    }
    var skip = count(given, "skip");
    return new Paging(
        first, last, skip == null ? 0 : skip, cursor(given, "after"), cursor(given, "before"));
  }

  private static @Nullable Integer count(JsonNode body, String key) {
    var given = body.path(key);
    if (isAbsent(given)) {
      return null;
    }
    return (int) ValueParser.wholeNumber(key, given, 0, Integer.MAX_VALUE);
  }

  /// Clients send `""` for "none".
  private @Nullable String cursor(JsonNode body, String key) {
    var given = body.path(key);
    if (isAbsent(given)) {
      return null;
    }
    var id = values.text(key, given);
    return id.isEmpty() ? null : id;
  }

  private static boolean isAbsent(JsonNode given) {
    return given.isNull() || given.isMissingNode();
  }
}
