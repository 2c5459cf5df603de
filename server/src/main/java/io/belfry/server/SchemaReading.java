package io.belfry.server;

import io.belfry.query.layout.Layout;
import io.belfry.schema.Schema;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Reads the schema on a thread of its own, while the database starts. Thread-safe.
final class SchemaReading {
  private final FutureTask<Layout> reading = new FutureTask<>(() -> Layout.of(Schema.bundled()));

  private SchemaReading() {}

  static SchemaReading start() {
    var begun = new SchemaReading();
    Thread.ofPlatform().name("schema").daemon().start(begun.reading);
    return begun;
  }

  /// The schema and where its objects are kept, as soon as that is known.
  Layout layout() {
    try {
      return reading.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the schema can't be read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the schema was read", e);
    }
  }
}
