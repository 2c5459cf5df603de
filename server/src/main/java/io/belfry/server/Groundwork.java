package io.belfry.server;

import io.belfry.query.layout.Layout;
import io.belfry.schema.Schema;

/// What a server needs whatever its settings are, made beside all else from the moment that one is
/// to be started. Thread-safe.
record Groundwork(Beside<Layout> layout, Beside<QueryLanguage> language) {
  static Groundwork begin() {
    var layout = Beside.start("schema", () -> Layout.of(Schema.bundled()));
    var language = Beside.start("query language", () -> QueryLanguage.of(layout.get()));
    return new Groundwork(layout, language);
  }
}
