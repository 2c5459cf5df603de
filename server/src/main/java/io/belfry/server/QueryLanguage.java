package io.belfry.server;

import io.belfry.query.ListRequestParser;
import io.belfry.query.QueryLimits;
import io.belfry.query.WhereParser;
import io.belfry.query.layout.Layout;
import io.belfry.query.sql.QueryCompiler;

/// What understands queries and makes SQL of them. Thread-safe.
record QueryLanguage(WhereParser wheres, ListRequestParser requests, QueryCompiler compiler) {
  static QueryLanguage of(Layout layout) {
    var wheres = new WhereParser(layout.schema(), QueryLimits.DEFAULT);
    return new QueryLanguage(
        wheres,
        new ListRequestParser(layout.schema(), QueryLimits.DEFAULT, wheres),
        new QueryCompiler(layout));
  }
}
