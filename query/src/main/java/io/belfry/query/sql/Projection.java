package io.belfry.query.sql;

import io.belfry.query.Language;
import io.belfry.schema.Entity;
import io.belfry.schema.Field;
import io.belfry.schema.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Collects what a statement selects, and the joins that it needs for that.
///
/// To-one relations become joins, each to-many relation a subselect that returns an array, counts
/// and sums one lateral join for each path.
final class Projection {
  private static final String TIME =
      "to_char(%s AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')";

  private static final List<String> ID_ONLY = List.of("id");

  private final Relating relating;
  private final FieldWriter fields;
  private final Language language;
  private final Totals totals;
  private final List<Sql> cells = new ArrayList<>();
  private final List<Sql> joins = new ArrayList<>();

  Projection(Relating relating, FieldWriter fields, Language language) {
    this.relating = relating;
    this.fields = fields;
    this.language = language;
    this.totals = new Totals(relating, fields);
  }

  /// Selects all that an object of the API shows.
  List<Output> whole(Source source) {
    return outputs(source, source.entity().shown());
  }

  /// Selects what a relation to an object of the API shows.
  private List<Output> nested(Source source) {
    var entity = source.entity();
    return outputs(source, nestedNames(entity).stream().map(entity::field).toList());
  }

  /// Where the schema doesn't say what relations show, they show what every object has.
  private static List<String> nestedNames(Entity entity) {
    return entity.nested().isEmpty() ? ID_ONLY : entity.nested();
  }

  /// The select list.
  Sql selected() {
    return Sql.join(", ", cells);
  }

  /// What follows the source in `FROM`; empty if nothing is joined.
  Sql joined() {
    return Sql.join(
        "",
        Stream.concat(joins.stream(), totals.joins().stream())
            .map(join -> Sql.format("\n%s", join))
            .toList());
  }

  private List<Output> outputs(Source source, List<Field> shown) {
    return shown.stream().map(field -> output(source, field)).toList();
  }

  private Output output(Source source, Field field) {
    if (field.isToOne()) {
      return one(source, field);
    }
    return field.isToMany() ? many(source, field) : value(source, field);
  }

  private Output one(Source source, Field relation) {
    var target =
        relating.isOwn(source, relation) ? own(source, relation) : inverse(source, relation);
    return new Output.One(
        relation.wireName(), cell(Sql.of(target.id())), relation.required(), nested(target));
  }

  private Source own(Source source, Field relation) {
    var keys = relating.ownKeys(source, relation);
    if (nestedNames(keys.entity()).equals(ID_ONLY)) {
      return keys;
    }
    var rows = relating.along(source, relation);
    joins.add(Sql.of("LEFT JOIN %s ON %s".formatted(rows.from(), rows.where())));
    return rows.target();
  }

  private Source inverse(Source source, Field relation) {
    var rows = relating.along(source, relation);
    var target = rows.target();
    joins.add(
        Sql.of(
            "LEFT JOIN LATERAL (SELECT %2$s.* FROM %1$s WHERE %3$s ORDER BY %4$s LIMIT 1) %2$s ON TRUE"
                .formatted(rows.from(), target.alias(), rows.where(), target.id())));
    return target;
  }

  /// Arrays of arrays hold texts only, which is all that cells are.
  private Output many(Source source, Field relation) {
    var rows = relating.along(source, relation);
    var element = new Projection(relating, fields, language);
    var properties = element.nested(rows.target());
    var texts = element.cells.stream().map(cell -> Sql.format("(%s)::text", cell)).toList();
    var row = texts.size() == 1 ? texts.getFirst() : Sql.format("ARRAY[%s]", Sql.join(", ", texts));
    var array =
        Sql.format(
            "ARRAY(SELECT %s FROM %s%s WHERE %s ORDER BY %s)",
            row,
            Sql.of(rows.from()),
            element.joined(),
            Sql.of(rows.where()),
            Sql.of(rows.target().id()));
    return new Output.Many(relation.wireName(), cell(array), properties);
  }

  private Output value(Source source, Field field) {
    var value =
        field
            .marks()
            .computed()
            .map(computed -> fields.computed(source, computed, totals::write))
            .orElseGet(() -> shown(source, field));
    return new Output.Value(field.wireName(), cell(value), kind(field), field.required());
  }

  private Sql shown(Source source, Field field) {
    if (field.marks().localized() && language == Language.ALL) {
      return Sql.of(bothTexts(source, field));
    }
    var stored = fields.write(source, field);
    return field.use().is(Type.Scalar.DATE_TIME) ? Sql.format(TIME, stored) : stored;
  }

  private static String bothTexts(Source source, Field field) {
    var english = source.column(source.table().column(field).name());
    var chinese = source.column(source.table().chineseColumn(field).name());
    return "'{\"en-US\":' || to_json(%s)::text || ',\"zh-CN\":' || to_json(%s)::text || '}'"
        .formatted(english, chinese);
  }

  private static Output.Kind kind(Field field) {
    if (field.isList()) {
      return field.required() ? Output.Kind.JSON_LIST : Output.Kind.JSON;
    }
    return switch (field.type()) {
      case Type.Scalar.STRING, Type.Scalar.DATE_TIME -> Output.Kind.TEXT;
      case Type.Scalar.INT, Type.Scalar.LONG, Type.Scalar.FLOAT -> Output.Kind.NUMBER;
      case Type.Scalar.BOOLEAN -> Output.Kind.BOOLEAN;
      case Type.Scalar.JSON -> Output.Kind.JSON;
      case Type.EnumRef _ -> Output.Kind.TEXT;
      case Type.ObjectRef _ -> Output.Kind.JSON;
      default -> throw new IllegalStateException(field.name() + " can't be shown");
    };
  }

  private int cell(Sql sql) {
    var known = cells.indexOf(sql);
    if (known >= 0) {
      return known;
    }
    cells.add(sql);
    return cells.size() - 1;
  }
}
