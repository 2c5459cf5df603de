package io.belfry.query.sql;

import io.belfry.query.Condition;
import io.belfry.query.ListRequest;
import io.belfry.query.Order;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes the part of an ordered list that a request asks for.
final class PageWriter {
  private final Relating relating;
  private final FieldWriter fields;

  PageWriter(Relating relating, FieldWriter fields) {
    this.relating = relating;
    this.fields = fields;
  }

  /// The rows of the part, in no particular order.
  Sql rows(Source source, ListRequest request) {
    var rows =
        Sql.format(
            "SELECT %s.* FROM %s WHERE %s",
            Sql.of(source.alias()), Sql.of(source.declaration()), where(source, request));
    return isCounted(request)
        ? Sql.format("%s ORDER BY %s %s", rows, fetchOrder(source, request), limits(request))
        : rows;
  }

  /// The list's order, or the opposite one.
  Sql order(Source source, Order order, boolean reversed) {
    var id = Sql.of(source.id() + (reversed ? " DESC" : ""));
    if (isById(order)) {
      return Sql.of(source.id() + (order.descending() == reversed ? "" : " DESC"));
    }
    var direction = order.descending() == reversed ? "" : " DESC";
    return Sql.format("%s" + direction + ", %s", fields.write(source, order.field()), id);
  }

  private static boolean isCounted(ListRequest request) {
    return request.paging().limit() != null || request.paging().skip() > 0;
  }

  private Sql fetchOrder(Source source, ListRequest request) {
    return order(source, request.order(), request.paging().fromEnd());
  }

  private static Sql limits(ListRequest request) {
    var skip = Sql.of("OFFSET ?", (long) request.paging().skip());
    var limit = request.paging().limit();
    return limit == null ? skip : Sql.format("LIMIT %s %s", Sql.of("?", (long) limit), skip);
  }

  private Sql where(Source source, ListRequest request) {
    var all = new ArrayList<Sql>();
    all.add(fields.conditions().write(source, request.condition()));
    addCursor(all, source, request, request.paging().after(), true);
    addCursor(all, source, request, request.paging().before(), false);
    return Sql.join(" AND ", all);
  }

  private void addCursor(
      List<Sql> all, Source source, ListRequest request, @Nullable String cursor, boolean after) {
    if (cursor != null) {
      all.add(isInList(source, request.condition(), cursor));
      all.add(beyond(source, request.order(), cursor, after));
    }
  }

  private Sql isInList(Source source, Condition condition, String cursor) {
    var at = new Source(source.table(), relating.alias());
    return Sql.format(
        "EXISTS (SELECT FROM %s WHERE %s = %s AND %s)",
        Sql.of(at.declaration()),
        Sql.of(at.id()),
        Sql.of("?", cursor),
        fields.conditions().write(at, condition));
  }

  /// Whether a row stands behind the cursor's row, or before it. Its values are read once for the
  /// statement, not for each row.
  private Sql beyond(Source source, Order order, String cursor, boolean after) {
    var id = Sql.of(source.id());
    var beyondId = after ? ">" : "<";
    if (isById(order)) {
      var operator = after == order.descending() ? "<" : ">";
      return Sql.format("%s " + operator + " %s", id, Sql.of("?", cursor));
    }
    var key = fields.write(source, order.field());
    var cursorKey = key(source, order, cursor);
    if (order.field().required() && !order.descending()) {
      return Sql.format(
          "(%s, %s) " + beyondId + " (%s, %s)", key, id, cursorKey, Sql.of("?", cursor));
    }
    return Sql.format(
        "(%s OR %s IS NOT DISTINCT FROM %s AND %s " + beyondId + " %s)",
        beyondKey(key, cursorKey, after == order.descending()),
        key,
        cursorKey,
        id,
        Sql.of("?", cursor));
  }

  /// An absent value stands above all others.
  private static Sql beyondKey(Sql key, Sql cursorKey, boolean below) {
    return below
        ? Sql.format("%s < %s OR %s IS NULL AND %s IS NOT NULL", key, cursorKey, cursorKey, key)
        : Sql.format("%s > %s OR %s IS NULL AND %s IS NOT NULL", key, cursorKey, key, cursorKey);
  }

  private Sql key(Source source, Order order, String cursor) {
    var at = new Source(source.table(), relating.alias());
    return Sql.format(
        "(SELECT %s FROM %s WHERE %s = %s)",
        fields.write(at, order.field()),
        Sql.of(at.declaration()),
        Sql.of(at.id()),
        Sql.of("?", cursor));
  }

  private static boolean isById(Order order) {
    return order.field().name().equals("id");
  }
}
