package io.belfry.cli.output;

/// How answers are written.
public enum Format {
  TABLE,
  JSON,
  JSONL,
  YAML,
  CSV;

  /// Whether programs read it, which want all of an answer and errors as JSON.
  public boolean isForPrograms() {
    return this != TABLE;
  }
}
