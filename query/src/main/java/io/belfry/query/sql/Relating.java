package io.belfry.query.sql;

import io.belfry.query.layout.JoinTable;
import io.belfry.query.layout.Layout;
import io.belfry.schema.Computed.Step;
import io.belfry.schema.Entity;
import io.belfry.schema.Field;
import io.belfry.schema.Relations.Link;
import java.util.List;

/// Follows relations within one statement, giving each table a new alias.
final class Relating {
  private final Layout layout;
  private int aliases;

  Relating(Layout layout) {
    this.layout = layout;
  }

  String alias() {
    return "t" + ++aliases;
  }

  RelatedRows along(Source from, Field relation) {
    var to = new Source(layout.table(relation.target()), alias());
    return switch (layout.relations().link(from.entity(), relation)) {
      case Link.Own _ -> rows(to, to.id() + " = " + ownId(from, relation));
      case Link.Inverse(var field) -> rows(to, ownId(to, field) + " = " + from.id());
      case Link.Paired(var pairs, var forward) -> {
        var pair = new Pair(layout.joinTable(pairs), alias(), forward);
        yield new RelatedRows(
            List.of(pair.declaration(), to.declaration()),
            List.of(pair.here() + " = " + from.id(), to.id() + " = " + pair.there()),
            to);
      }
    };
  }

  RelatedRows along(Source from, List<Step> path) {
    var rows = step(from, path.getFirst());
    for (var step : path.subList(1, path.size())) {
      rows = rows.then(step(rows.target(), step));
    }
    return rows;
  }

  /// The entity at the end of a path.
  Entity target(Entity from, List<Step> path) {
    var at = from;
    for (var step : path) {
      at =
          switch (step) {
            case Step.Along(var field) -> layout.schema().target(at.field(field));
            case Step.Back(var entity, _) -> layout.schema().entity(entity);
          };
    }
    return at;
  }

  /// Whether rows hold the id of the row that a relation leads to.
  boolean isOwn(Source from, Field relation) {
    return layout.relations().isOwn(from.entity(), relation);
  }

  /// The related row's id, for a relation that rows hold themselves.
  String ownId(Source from, Field relation) {
    return from.column(from.table().column(relation).name());
  }

  /// The related rows as far as the rows outside know them: by their ids.
  Source ownKeys(Source from, Field relation) {
    return new Source(layout.table(relation.target()), from.alias(), ownId(from, relation));
  }

  private RelatedRows step(Source from, Step step) {
    return switch (step) {
      case Step.Along(var field) -> along(from, from.entity().field(field));
      case Step.Back(var entity, var field) -> {
        var to = new Source(layout.table(entity), alias());
        yield rows(to, ownId(to, to.entity().field(field)) + " = " + from.id());
      }
    };
  }

  private static RelatedRows rows(Source to, String predicate) {
    return new RelatedRows(List.of(to.declaration()), List.of(predicate), to);
  }

  /// A join table as one end of its relation sees it.
  private record Pair(JoinTable table, String alias, boolean forward) {
    String declaration() {
      return Layout.qualified(table.name()) + " " + alias;
    }

    String here() {
      return alias + "." + Layout.quoted(forward ? JoinTable.FROM : JoinTable.TO);
    }

    String there() {
      return alias + "." + Layout.quoted(forward ? JoinTable.TO : JoinTable.FROM);
    }
  }
}
