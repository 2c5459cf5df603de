package io.belfry.query.sql;

import io.belfry.query.Condition;
import io.belfry.query.Language;
import io.belfry.query.ListRequest;
import io.belfry.query.Order;
import io.belfry.query.layout.Layout;
import io.belfry.schema.Entity;
import java.util.List;

/// Makes one SQL statement of each checked request. Thread-safe; share one.
///
/// The answer's size costs nothing here: pages, cursors and relations are all left to the
/// statement.
public final class QueryCompiler {
  private static final String ALIAS = "t";

  /// Unlike any field.
  private static final String PLACE = "#";

  private final Layout layout;
  private final ComputedConditions computedConditions;

  public QueryCompiler(Layout layout) {
    this.layout = layout;
    this.computedConditions = new ComputedConditions(layout.schema());
  }

  public Layout layout() {
    return layout;
  }

  /// The objects that a list operation answers.
  public SelectStatement list(ListRequest request, Language language) {
    var writing = new Writing(request.entity(), language);
    var rows = writing.page().rows(writing.source(), request);
    var order = writing.page().order(writing.source(), request.order(), false);
    return writing.objects(rows, order);
  }

  /// The objects with these ids, in this order; ids without a row are left out.
  public SelectStatement objects(Entity entity, List<String> ids, Language language) {
    var writing = new Writing(entity, language);
    var rows =
        Sql.format(
            """
            SELECT %s.*, wanted.place AS %s
            FROM unnest(%s) WITH ORDINALITY AS wanted (id, place)
            JOIN %s ON %s = wanted.id\
            """,
            Sql.of(ALIAS),
            Sql.of(Layout.quoted(PLACE)),
            Sql.of("?::text[]", ids),
            Sql.of(writing.source().declaration()),
            Sql.of(writing.source().id()));
    return writing.objects(rows, Sql.of(writing.source().column(PLACE)));
  }

  /// How many rows match: one row, one number.
  public Sql count(Entity entity, Condition condition, Language language) {
    var writing = new Writing(entity, language);
    return Sql.format(
        "SELECT count(*) FROM %s WHERE %s",
        Sql.of(writing.source().declaration()),
        writing.fields().conditions().write(writing.source(), condition));
  }

  /// The ids of a request's rows, in its order.
  public Sql ids(ListRequest request, Language language) {
    var writing = new Writing(request.entity(), language);
    return Sql.format(
        "SELECT %s FROM (%s) %s ORDER BY %s",
        Sql.of(writing.source().id()),
        writing.page().rows(writing.source(), request),
        Sql.of(ALIAS),
        writing.page().order(writing.source(), request.order(), false));
  }

  /// The ids of the matching rows, locked against change until the transaction ends. Everybody
  /// locks in the order of ids, so that nobody waits in a circle.
  public Sql lockedIds(Entity entity, Condition condition, Language language) {
    var writing = new Writing(entity, language);
    var source = writing.source();
    return Sql.format(
        "SELECT %s FROM %s WHERE %s ORDER BY %s FOR NO KEY UPDATE OF %s",
        Sql.of(source.id()),
        Sql.of(source.declaration()),
        writing.fields().conditions().write(source, condition),
        writing.page().order(source, Order.byId(entity), false),
        Sql.of(ALIAS));
  }

  /// What the writing of one statement shares.
  private final class Writing {
    private final Source source;
    private final Relating relating = new Relating(layout);
    private final FieldWriter fields;
    private final Language language;

    Writing(Entity entity, Language language) {
      this.source = new Source(layout.table(entity), ALIAS);
      this.language = language;
      this.fields = new FieldWriter(relating, language, computedConditions);
    }

    Source source() {
      return source;
    }

    FieldWriter fields() {
      return fields;
    }

    PageWriter page() {
      return new PageWriter(relating, fields);
    }

    SelectStatement objects(Sql rows, Sql order) {
      var projection = new Projection(relating, fields, language);
      var properties = projection.whole(source);
      var sql =
          Sql.format(
              "SELECT %s\nFROM (%s) %s%s\nORDER BY %s",
              projection.selected(), rows, Sql.of(ALIAS), projection.joined(), order);
      return new SelectStatement(sql, properties);
    }
  }
}
