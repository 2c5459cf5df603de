package io.belfry.postgres;

import java.util.List;

/// What a crash of the machine may cost. It follows from what the data are for, which is why this
/// isn't a setting.
enum Durability {
  KEEPS_COMMITS("on"),
  LOSES_COMMITS("off");

  private final String writesThrough;

  Durability(String writesThrough) {
    this.writesThrough = writesThrough;
  }

  /// This choice as PostgreSQL's parameters.
  List<String> parameters() {
    return List.of(
        "fsync=" + writesThrough,
        "synchronous_commit=" + writesThrough,
        "full_page_writes=" + writesThrough);
  }
}
