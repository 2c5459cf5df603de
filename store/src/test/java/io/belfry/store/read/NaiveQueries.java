package io.belfry.store.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.belfry.query.Language;
import io.belfry.schema.Computed;
import io.belfry.schema.Computed.Step;
import io.belfry.schema.Derived;
import io.belfry.schema.Derived.FilterKey;
import io.belfry.schema.Entity;
import io.belfry.schema.Field;
import io.belfry.schema.Type;
import io.belfry.store.row.LocalizedText;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The query language over a [SampleWorld], as plainly as it can be written down. Shares nothing
/// with the compiler but the derivation of filter keys.
record NaiveQueries(SampleWorld world, Language language) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// The rows that a list operation answers.
  List<SampleRow> list(Entity entity, JsonNode body) {
    var rows = new ArrayList<>(matching(entity, body.path("where")));
    rows.sort(order(entity, body.path("orderBy")));
    return page(cut(rows, body), body);
  }

  List<SampleRow> matching(Entity entity, JsonNode where) {
    return world.rows(entity.name()).stream().filter(row -> isTrue(matches(row, where))).toList();
  }

  private static boolean isTrue(@Nullable Boolean truth) {
    return truth != null && truth;
  }

  private Comparator<SampleRow> order(Entity entity, JsonNode orderBy) {
    var byId = Comparator.comparing(SampleRow::id);
    if (!orderBy.isTextual()) {
      return byId;
    }
    var constant = orderBy.textValue();
    var descending = constant.endsWith("_DESC");
    var field = entity.field(constant.replaceFirst("_(ASC|DESC)$", ""));
    Comparator<SampleRow> byField =
        (a, b) -> {
          var left = value(a, field);
          var right = value(b, field);
          if (left == null || right == null) {
            return Boolean.compare(left == null, right == null);
          }
          return compare(left, right);
        };
    return (descending ? byField.reversed() : byField).thenComparing(byId);
  }

  private static List<SampleRow> cut(List<SampleRow> rows, JsonNode body) {
    var ids = rows.stream().map(SampleRow::id).toList();
    var from = 0;
    var to = rows.size();
    if (body.hasNonNull("after")) {
      var at = ids.indexOf(body.get("after").textValue());
      from = at < 0 ? rows.size() : at + 1;
    }
    if (body.hasNonNull("before")) {
      to = Math.max(0, ids.indexOf(body.get("before").textValue()));
    }
    return from < to ? rows.subList(from, to) : List.of();
  }

  private static List<SampleRow> page(List<SampleRow> rows, JsonNode body) {
    var skip = body.path("skip").asInt(0);
    if (body.hasNonNull("last")) {
      var to = Math.max(0, rows.size() - skip);
      return rows.subList(Math.max(0, to - body.get("last").asInt()), to);
    }
    var from = Math.min(skip, rows.size());
    var first = body.hasNonNull("first") ? body.get("first").asInt() : rows.size();
    return rows.subList(from, Math.min(rows.size(), from + first));
  }

  /// True, false or neither.
  private @Nullable Boolean matches(SampleRow row, JsonNode where) {
    var truths = new ArrayList<@Nullable Boolean>();
    where
        .properties()
        .forEach(property -> truths.add(matches(row, property.getKey(), property.getValue())));
    return all(truths);
  }

  private @Nullable Boolean matches(SampleRow row, String key, JsonNode given) {
    return switch (key) {
      case "AND" -> all(each(members(given), member -> matches(row, member)));
      case "OR" ->
          members(given).isEmpty()
              ? (Boolean) true
              : not(all(each(members(given), member -> not(matches(row, member)))));
      case "NOT" ->
          all(
              each(
                  members(given).stream().filter(member -> !saysNothing(member)).toList(),
                  member -> not(matches(row, member))));
      default -> compares(row, filterKey(row.entity(), key), given);
    };
  }

  private static List<JsonNode> members(JsonNode given) {
    if (given.isNull()) {
      return List.of();
    }
    var members = new ArrayList<JsonNode>();
    if (given.isArray()) {
      given.forEach(members::add);
    } else {
      members.add(given);
    }
    members.removeIf(JsonNode::isNull);
    return members;
  }

  /// Whether a filter has no condition in it.
  private static boolean saysNothing(JsonNode where) {
    return where.properties().stream()
        .allMatch(property ->
            switch (property.getKey()) {
              case "AND", "NOT" ->
                  members(property.getValue()).stream().allMatch(NaiveQueries::saysNothing);
              case "OR" ->
                  members(property.getValue()).isEmpty()
                      || members(property.getValue()).stream().anyMatch(NaiveQueries::saysNothing);
              default ->
                  property.getValue().isNull()
                      && property.getKey().matches(".*_(in|every|some|none)");
            });
  }

  private static FilterKey filterKey(Entity entity, String key) {
    return Derived.filterKeys(entity).stream()
        .filter(known -> known.key().equals(key))
        .findFirst()
        .orElseThrow();
  }

  private @Nullable Boolean compares(SampleRow row, FilterKey key, JsonNode given) {
    var field = key.field();
    if (field.use().isRelation()) {
      return relates(row, key, given);
    }
    var value = value(row, field);
    return switch (key.operator()) {
      case IS -> given.isNull() ? (Boolean) (value == null) : equal(value, field, given);
      case NOT -> given.isNull() ? (Boolean) (value != null) : not(equal(value, field, given));
      case IN -> given.isNull() ? (Boolean) true : in(value, field, given);
      case NOT_IN -> given.isNull() ? (Boolean) true : not(in(value, field, given));
      case LT -> value == null ? null : (Boolean) (compare(value, literal(field, given)) < 0);
      case LTE -> value == null ? null : (Boolean) (compare(value, literal(field, given)) <= 0);
      case GT -> value == null ? null : (Boolean) (compare(value, literal(field, given)) > 0);
      case GTE -> value == null ? null : (Boolean) (compare(value, literal(field, given)) >= 0);
      case CONTAINS -> value == null ? null : ((String) value).contains(given.textValue());
      case NOT_CONTAINS -> value == null ? null : !((String) value).contains(given.textValue());
      case STARTS_WITH -> value == null ? null : ((String) value).startsWith(given.textValue());
      case NOT_STARTS_WITH ->
          value == null ? null : !((String) value).startsWith(given.textValue());
      case ENDS_WITH -> value == null ? null : ((String) value).endsWith(given.textValue());
      case NOT_ENDS_WITH -> value == null ? null : !((String) value).endsWith(given.textValue());
      case EVERY, SOME, NONE -> throw new IllegalStateException("no relation: " + key);
    };
  }

  private Boolean relates(SampleRow row, FilterKey key, JsonNode given) {
    var related = row.related(key.field().name());
    if (given.isNull()) {
      return key.field().isToMany() || related.isEmpty();
    }
    return switch (key.operator()) {
      case EVERY ->
          related.stream().noneMatch(other -> Boolean.FALSE.equals(matches(other, given)));
      case NONE -> related.stream().noneMatch(other -> isTrue(matches(other, given)));
      default -> related.stream().anyMatch(other -> isTrue(matches(other, given)));
    };
  }

  private static @Nullable Boolean equal(@Nullable Object value, Field field, JsonNode given) {
    return value == null ? null : (Boolean) (compare(value, literal(field, given)) == 0);
  }

  private static @Nullable Boolean in(@Nullable Object value, Field field, JsonNode given) {
    var members = members(given);
    if (members.isEmpty()) {
      return false;
    }
    return value == null
        ? null
        : (Boolean) members.stream().anyMatch(each -> compare(value, literal(field, each)) == 0);
  }

  private static Object literal(Field field, JsonNode given) {
    return switch (field.type()) {
      case Type.Scalar.INT, Type.Scalar.LONG, Type.Scalar.FLOAT ->
          Double.parseDouble(given.asText());
      case Type.Scalar.BOOLEAN -> given.booleanValue();
      case Type.Scalar.DATE_TIME -> OffsetDateTime.parse(given.textValue()).toInstant();
      default -> given.textValue();
    };
  }

  static int compare(Object left, Object right) {
    if (left instanceof Number a && right instanceof Number b) {
      return Double.compare(a.doubleValue(), b.doubleValue());
    }
    if (left instanceof Instant a && right instanceof Instant b) {
      return a.compareTo(b);
    }
    if (left instanceof Boolean a && right instanceof Boolean b) {
      return a.compareTo(b);
    }
    return compareCodePoints(left.toString(), right.toString());
  }

  private static int compareCodePoints(String left, String right) {
    return java.util.Arrays.compare(left.codePoints().toArray(), right.codePoints().toArray());
  }

  /// A field's value, be it stored or computed.
  @Nullable Object value(SampleRow row, Field field) {
    if (field.marks().computed().isPresent()) {
      return computed(row, field.marks().computed().get());
    }
    var value = row.value(field.name());
    if (value instanceof LocalizedText(var english, var chinese)) {
      return language == Language.ZH_CN ? chinese : english;
    }
    return value;
  }

  private Object computed(SampleRow row, Computed computed) {
    return switch (computed) {
      case Computed.Count(var path, var where) -> (long) along(row, path, where).size();
      case Computed.Exists(var path, var where) -> !along(row, path, where).isEmpty();
      case Computed.Sum(var path, var field, var where) ->
          along(row, path, where).stream()
              .mapToDouble(each -> number(value(each, each.entity().field(field))))
              .sum();
      case Computed.Formula(var terms) -> terms.stream().mapToDouble(term -> term(row, term)).sum();
    };
  }

  private double term(SampleRow row, String term) {
    var field = row.entity().field(term.replaceFirst("^-", ""));
    var value = number(value(row, field));
    return term.startsWith("-") ? 0 - value : value;
  }

  private static double number(@Nullable Object value) {
    return value == null ? 0 : ((Number) value).doubleValue();
  }

  private List<SampleRow> along(SampleRow row, List<Step> path, String where) {
    var rows = List.of(row);
    for (var step : path) {
      rows = rows.stream().flatMap(each -> step(each, step)).toList();
    }
    var condition = read(where);
    return rows.stream().filter(each -> isTrue(matches(each, condition))).toList();
  }

  private Stream<SampleRow> step(SampleRow row, Step step) {
    return switch (step) {
      case Step.Along(var field) -> row.related(field).stream();
      case Step.Back(var entity, var field) ->
          world.rows(entity).stream().filter(other -> other.related(field).contains(row));
    };
  }

  private static JsonNode read(String where) {
    try {
      return JSON.readTree(where);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(where, e);
    }
  }

  private static List<@Nullable Boolean> each(
      List<JsonNode> members, Function<JsonNode, @Nullable Boolean> truth) {
    var truths = new ArrayList<@Nullable Boolean>();
    members.forEach(member -> truths.add(truth.apply(member)));
    return truths;
  }

  private static @Nullable Boolean all(List<@Nullable Boolean> truths) {
    if (truths.contains(false)) {
      return false;
    }
    return truths.contains(null) ? null : (Boolean) true;
  }

  private static @Nullable Boolean not(@Nullable Boolean value) {
    return value == null ? null : (Boolean) !value;
  }
}
