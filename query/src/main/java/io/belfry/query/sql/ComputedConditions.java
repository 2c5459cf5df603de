package io.belfry.query.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.belfry.query.Condition;
import io.belfry.query.QueryLimits;
import io.belfry.query.WhereParser;
import io.belfry.schema.Entity;
import io.belfry.schema.Schema;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The filters that the schema gives to computed fields, each read once. Thread-safe.
final class ComputedConditions {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final WhereParser parser;
  private final Map<Key, Condition> parsed = new ConcurrentHashMap<>();

  ComputedConditions(Schema schema) {
    this.parser = new WhereParser(schema, QueryLimits.DEFAULT);
  }

  private record Key(Entity entity, String where) {}

  Condition parsed(Entity entity, String where) {
    return parsed.computeIfAbsent(new Key(entity, where), this::parse);
  }

  private Condition parse(Key key) {
    try {
      return parser.parse(key.entity(), JSON.readTree(key.where()), "where");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a computed field has no valid filter: " + key.where(), e);
    }
  }
}
