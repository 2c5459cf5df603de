package io.belfry.query.sql;

import io.belfry.query.Condition;
import io.belfry.query.Language;
import io.belfry.schema.Computed;
import io.belfry.schema.Computed.Step;
import io.belfry.schema.Entity;
import io.belfry.schema.Field;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Writes the value of a field, as filters and orders compare it.
final class FieldWriter {
  private final Relating relating;
  private final Language language;
  private final ComputedConditions computedConditions;
  private final ConditionWriter conditions;

  FieldWriter(Relating relating, Language language, ComputedConditions computedConditions) {
    this.relating = relating;
    this.language = language;
    this.computedConditions = computedConditions;
    this.conditions = new ConditionWriter(relating, this);
  }

  ConditionWriter conditions() {
    return conditions;
  }

  Sql write(Source source, Field field) {
    return field
        .marks()
        .computed()
        .map(computed -> computed(source, computed, this::subselect))
        .orElseGet(() -> Sql.of(stored(source, field)));
  }

  /// A computed value.
  ///
  /// @param aggregation how to get a count or sum: where several are wanted of the same rows, one
  ///   pass may answer all
  Sql computed(Source source, Computed computed, BiFunction<Source, Aggregate, Sql> aggregation) {
    return switch (computed) {
      case Computed.Count(var path, var where) ->
          aggregation.apply(source, aggregate(source, path, null, where));
      case Computed.Sum(var path, var field, var where) ->
          aggregation.apply(source, aggregate(source, path, field, where));
      case Computed.Exists(var path, var where) -> {
        var rows = relating.along(source, path);
        yield Sql.format(
            "EXISTS (SELECT FROM %s WHERE %s AND %s)",
            Sql.of(rows.from()),
            Sql.of(rows.where()),
            conditions.write(rows.target(), condition(rows.target().entity(), where)));
      }
      case Computed.Formula(var terms) -> formula(source, terms, aggregation);
    };
  }

  /// The function that an aggregate applies to its rows.
  Sql function(Source rows, Aggregate aggregate) {
    if (aggregate.summed() == null) {
      return Sql.of("count(*)");
    }
    return Sql.format("sum(%s)", write(rows, rows.entity().field(aggregate.summed())));
  }

  private Sql subselect(Source source, Aggregate aggregate) {
    var rows = relating.along(source, aggregate.path());
    return Sql.format(
        "(SELECT coalesce(%s, 0) FROM %s WHERE %s AND %s)",
        function(rows.target(), aggregate),
        Sql.of(rows.from()),
        Sql.of(rows.where()),
        conditions.write(rows.target(), aggregate.condition()));
  }

  private Aggregate aggregate(
      Source source, List<Step> path, @Nullable String summed, String where) {
    return new Aggregate(path, summed, condition(relating.target(source.entity(), path), where));
  }

  private Condition condition(Entity entity, String where) {
    return computedConditions.parsed(entity, where);
  }

  private Sql formula(
      Source source, List<String> terms, BiFunction<Source, Aggregate, Sql> aggregation) {
    var parts =
        terms.stream()
            .map(term ->
                term.startsWith("-")
                    ? Sql.format("- %s", term(source, term.substring(1), aggregation))
                    : Sql.format("+ %s", term(source, term, aggregation)))
            .toList();
    return Sql.format("(0 %s)", Sql.join(" ", parts));
  }

  private Sql term(Source source, String name, BiFunction<Source, Aggregate, Sql> aggregation) {
    var field = source.entity().field(name);
    var value =
        field
            .marks()
            .computed()
            .map(computed -> computed(source, computed, aggregation))
            .orElseGet(() -> Sql.of(stored(source, field)));
    return Sql.format("coalesce(%s, 0)", value);
  }

  private String stored(Source source, Field field) {
    if (field.name().equals("id")) {
      return source.id();
    }
    var inChinese = field.marks().localized() && language == Language.ZH_CN;
    var column = inChinese ? source.table().chineseColumn(field) : source.table().column(field);
    return source.column(column.name());
  }
}
