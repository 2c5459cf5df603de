package io.belfry.query.sql;

import io.belfry.query.Condition;
import io.belfry.query.layout.SqlType;
import io.belfry.schema.Field;
import java.util.List;

/// Writes conditions for a `WHERE` clause. Relations become correlated `EXISTS`.
final class ConditionWriter {
  private static final Sql TRUE = Sql.of("TRUE");
  private static final Sql FALSE = Sql.of("FALSE");

  private final Relating relating;
  private final FieldWriter fields;

  ConditionWriter(Relating relating, FieldWriter fields) {
    this.relating = relating;
    this.fields = fields;
  }

  Sql write(Source source, Condition condition) {
    return switch (condition) {
      case Condition.Everything _ -> TRUE;
      case Condition.Nothing _ -> FALSE;
      case Condition.All(var all) -> joined(" AND ", source, all, TRUE);
      case Condition.Any(var any) -> joined(" OR ", source, any, FALSE);
      case Condition.Not(var inner) -> Sql.format("NOT (%s)", write(source, inner));
      case Condition.Compare compare -> compare(source, compare);
      case Condition.In(var field, var values) -> in(source, field, values);
      case Condition.IsNull(var field) -> Sql.format("%s IS NULL", fields.write(source, field));
      case Condition.Related(var relation, var inner) -> related(source, relation, inner);
    };
  }

  private Sql joined(String separator, Source source, List<Condition> conditions, Sql ifEmpty) {
    if (conditions.isEmpty()) {
      return ifEmpty;
    }
    var parts = conditions.stream().map(each -> write(source, each)).toList();
    return Sql.format("(%s)", Sql.join(separator, parts));
  }

  private Sql compare(Source source, Condition.Compare compare) {
    var field = fields.write(source, compare.field());
    var value = compare.value();
    return switch (compare.comparison()) {
      case EQUAL -> Sql.format("%s = %s", field, Sql.of("?", value));
      case LESS -> Sql.format("%s < %s", field, Sql.of("?", value));
      case LESS_OR_EQUAL -> Sql.format("%s <= %s", field, Sql.of("?", value));
      case GREATER -> Sql.format("%s > %s", field, Sql.of("?", value));
      case GREATER_OR_EQUAL -> Sql.format("%s >= %s", field, Sql.of("?", value));
      case CONTAINS -> like(field, "%" + escaped(value) + "%");
      case STARTS_WITH -> like(field, escaped(value) + "%");
      case ENDS_WITH -> like(field, "%" + escaped(value));
    };
  }

  private static Sql like(Sql field, String pattern) {
    return Sql.format("%s LIKE %s", field, Sql.of("?", pattern));
  }

  private static String escaped(Object text) {
    return text.toString().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
  }

  /// The whole list is one parameter, as texts, so that one statement fits lists of any length.
  private Sql in(Source source, Field field, List<Object> values) {
    if (values.isEmpty()) {
      return FALSE;
    }
    var texts = values.stream().map(Object::toString).toList();
    var type = SqlType.of(field);
    var list = type == SqlType.TEXT ? "?::text[]" : "?::text[]::" + type.sql() + "[]";
    return Sql.format("%s = ANY (%s)", fields.write(source, field), Sql.of(list, texts));
  }

  private Sql related(Source source, Field relation, Condition condition) {
    if (relating.isOwn(source, relation) && readsOnlyId(condition)) {
      return ownRelated(source, relation, condition);
    }
    var rows = relating.along(source, relation);
    return Sql.format(
        "EXISTS (SELECT FROM %s WHERE %s AND %s)",
        Sql.of(rows.from()), Sql.of(rows.where()), write(rows.target(), condition));
  }

  /// What is asked is in the row itself: no need to look at the related one.
  private Sql ownRelated(Source source, Field relation, Condition condition) {
    var keys = relating.ownKeys(source, relation);
    return Sql.format("(%s IS NOT NULL AND %s)", Sql.of(keys.id()), write(keys, condition));
  }

  private static boolean readsOnlyId(Condition condition) {
    return switch (condition) {
      case Condition.Everything _, Condition.Nothing _ -> true;
      case Condition.All(var all) -> all.stream().allMatch(ConditionWriter::readsOnlyId);
      case Condition.Any(var any) -> any.stream().allMatch(ConditionWriter::readsOnlyId);
      case Condition.Not(var inner) -> readsOnlyId(inner);
      case Condition.Compare compare -> isId(compare.field());
      case Condition.In(var field, _) -> isId(field);
      case Condition.IsNull(var field) -> isId(field);
      case Condition.Related _ -> false;
    };
  }

  private static boolean isId(Field field) {
    return field.name().equals("id");
  }
}
