package io.belfry.query;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.problem.ProblemException;
import io.belfry.query.Condition.Comparison;
import io.belfry.schema.Derived;
import io.belfry.schema.Derived.FilterKey;
import io.belfry.schema.Entity;
import io.belfry.schema.Field;
import io.belfry.schema.Schema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Reads filters (`XWhereInput`) and checks them against the schema. Thread-safe; share one.
public final class WhereParser {
  private static final String AND = "AND";
  private static final String OR = "OR";
  private static final String NOT = "NOT";

  private final Schema schema;
  private final QueryLimits limits;
  private final ValueParser values;
  private final Map<String, Map<String, FilterKey>> keys;

  public WhereParser(Schema schema, QueryLimits limits) {
    this.schema = schema;
    this.limits = limits;
    this.values = new ValueParser(schema, limits);
    this.keys = new HashMap<>();
    schema.entities().values().forEach(entity -> keys.put(entity.name(), filterKeys(entity)));
  }

  /// What a filter means; no filter and an empty one mean everything.
  ///
  /// @param path what to call the filter in refusals, such as `where`
  /// @throws ProblemException naming the first place that can't be understood
  public Condition parse(Entity entity, JsonNode where, String path) {
    return new Reading().where(path, entity, where, 1);
  }

  private static Map<String, FilterKey> filterKeys(Entity entity) {
    var keys = new LinkedHashMap<String, FilterKey>();
    Derived.filterKeys(entity).forEach(key -> keys.put(key.key(), key));
    return keys;
  }

  /// One filter being read, and how much of it there was so far.
  private final class Reading {
    private int conditions;

    private Condition where(String path, Entity entity, JsonNode given, int depth) {
      if (given.isNull() || given.isMissingNode()) {
        return Condition.everything();
      }
      if (!given.isObject()) {
        throw Refusal.wrongType(path, given, "an object, { … }");
      }
      if (depth > limits.depth()) {
        throw Refusal.tooComplex(
            path, "%s nests deeper than %s objects".formatted(path, limits.depth()));
      }
      var all = new ArrayList<Condition>();
      for (var property : given.properties()) {
        all.add(property(path, entity, property.getKey(), property.getValue(), depth));
      }
      return Condition.all(all);
    }

    private Condition property(String path, Entity entity, String key, JsonNode given, int depth) {
      var place = path + "." + key;
      return switch (key) {
        case AND -> Condition.all(members(place, entity, given, depth));
        case OR -> any(members(place, entity, given, depth));
        case NOT -> none(members(place, entity, given, depth));
        default -> comparison(place, filterKey(path, entity, key), given, depth);
      };
    }

    /// The objects of a list, or the one that stands in its place.
    private List<Condition> members(String path, Entity entity, JsonNode given, int depth) {
      if (!given.isArray()) {
        return given.isNull() ? List.of() : List.of(where(path, entity, given, depth + 1));
      }
      var members = new ArrayList<Condition>();
      for (var i = 0; i < given.size(); i++) {
        if (!given.get(i).isNull()) {
          count(path);
          members.add(where(path + "[" + i + "]", entity, given.get(i), depth + 1));
        }
      }
      return members;
    }

    /// No alternatives at all are no condition.
    private static Condition any(List<Condition> members) {
      return members.isEmpty() || members.contains(Condition.everything())
          ? Condition.everything()
          : new Condition.Any(members);
    }

    /// Clients send `NOT: [{}]` where they have nothing to exclude.
    private static Condition none(List<Condition> members) {
      return Condition.all(
          members.stream()
              .filter(member -> !member.equals(Condition.everything()))
              .map(Condition::negated)
              .toList());
    }

    private Condition comparison(String path, FilterKey key, JsonNode given, int depth) {
      count(path);
      var field = key.field();
      if (field.marks().whereOnly()) {
        throw Refusal.notSupported(path);
      }
      return switch (key.operator()) {
        case IS -> field.isToOne() ? toOne(path, field, given, depth) : is(path, field, given);
        case NOT -> is(path, field, given).negated();
        case IN -> in(path, field, given);
        case NOT_IN -> given.isNull() ? Condition.everything() : in(path, field, given).negated();
        case LT -> compare(path, field, Comparison.LESS, given);
        case LTE -> compare(path, field, Comparison.LESS_OR_EQUAL, given);
        case GT -> compare(path, field, Comparison.GREATER, given);
        case GTE -> compare(path, field, Comparison.GREATER_OR_EQUAL, given);
        case CONTAINS -> compare(path, field, Comparison.CONTAINS, given);
        case NOT_CONTAINS -> compare(path, field, Comparison.CONTAINS, given).negated();
        case STARTS_WITH -> compare(path, field, Comparison.STARTS_WITH, given);
        case NOT_STARTS_WITH -> compare(path, field, Comparison.STARTS_WITH, given).negated();
        case ENDS_WITH -> compare(path, field, Comparison.ENDS_WITH, given);
        case NOT_ENDS_WITH -> compare(path, field, Comparison.ENDS_WITH, given).negated();
        case EVERY, SOME, NONE -> toMany(path, key, given, depth);
      };
    }

    private Condition toOne(String path, Field relation, JsonNode given, int depth) {
      if (given.isNull()) {
        return new Condition.Related(relation, Condition.everything()).negated();
      }
      return new Condition.Related(relation, related(path, relation, given, depth));
    }

    private Condition toMany(String path, FilterKey key, JsonNode given, int depth) {
      if (given.isNull()) {
        return Condition.everything();
      }
      var relation = key.field();
      var inner = related(path, relation, given, depth);
      return switch (key.operator()) {
        case SOME -> new Condition.Related(relation, inner);
        case NONE -> new Condition.Related(relation, inner).negated();
        case EVERY -> new Condition.Related(relation, inner.negated()).negated();
        default -> throw new IllegalStateException(path + " is no quantifier");
      };
    }

    private Condition related(String path, Field relation, JsonNode given, int depth) {
      return where(path, schema.target(relation), given, depth + 1);
    }

    private Condition is(String path, Field field, JsonNode given) {
      return given.isNull()
          ? new Condition.IsNull(field)
          : compare(path, field, Comparison.EQUAL, given);
    }

    private Condition in(String path, Field field, JsonNode given) {
      return given.isNull()
          ? Condition.everything()
          : new Condition.In(field, values.list(path, field, given));
    }

    private Condition compare(String path, Field field, Comparison comparison, JsonNode given) {
      return new Condition.Compare(field, comparison, values.single(path, field, given));
    }

    private void count(String path) {
      if (++conditions > limits.conditions()) {
        throw Refusal.tooComplex(
            path,
            "the filter has more than %s conditions: use _in with a list, or split the request"
                .formatted(limits.conditions()));
      }
    }

    private FilterKey filterKey(String path, Entity entity, String key) {
      var known = keys.getOrDefault(entity.name(), Map.of());
      var found = known.get(key);
      if (found == null) {
        throw Refusal.unknownKey(path, Derived.whereName(entity), key, allKeys(known));
      }
      return found;
    }

    private static Collection<String> allKeys(Map<String, FilterKey> known) {
      return Stream.concat(Stream.of(AND, OR, NOT), known.keySet().stream()).toList();
    }
  }
}
