package io.belfry.query.sql;

import io.belfry.query.Condition;
import io.belfry.schema.Computed.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Counts and sums that one statement selects. Those over the same related rows are answered by one
/// pass over them.
final class Totals {
  private final Relating relating;
  private final FieldWriter fields;
  private final Map<Path, Pass> passes = new LinkedHashMap<>();

  Totals(Relating relating, FieldWriter fields) {
    this.relating = relating;
    this.fields = fields;
  }

  private record Path(String alias, List<Step> steps) {}

  private record Pass(String alias, RelatedRows rows, List<Sql> functions) {
    /// The column that holds what a function returns.
    Sql column(Sql function) {
      if (!functions.contains(function)) {
        functions.add(function);
      }
      return Sql.of(alias + ".c" + functions.indexOf(function));
    }

    Sql join() {
      var columns = new ArrayList<Sql>();
      for (var function : functions) {
        columns.add(Sql.format("%s AS c" + columns.size(), function));
      }
      return Sql.format(
          "LEFT JOIN LATERAL (SELECT %s FROM %s WHERE %s) %s ON TRUE",
          Sql.join(", ", columns), Sql.of(rows.from()), Sql.of(rows.where()), Sql.of(alias));
    }
  }

  Sql write(Source source, Aggregate aggregate) {
    var path = new Path(source.alias(), aggregate.path());
    var pass =
        passes.computeIfAbsent(
            path,
            _ ->
                new Pass(
                    relating.alias(), relating.along(source, aggregate.path()), new ArrayList<>()));
    return Sql.format("coalesce(%s, 0)", pass.column(function(pass.rows().target(), aggregate)));
  }

  List<Sql> joins() {
    return passes.values().stream().map(Pass::join).toList();
  }

  private Sql function(Source rows, Aggregate aggregate) {
    var function = fields.function(rows, aggregate);
    if (aggregate.condition().equals(Condition.everything())) {
      return function;
    }
    var condition = fields.conditions().write(rows, aggregate.condition());
    return Sql.format("%s FILTER (WHERE %s)", function, condition);
  }
}
