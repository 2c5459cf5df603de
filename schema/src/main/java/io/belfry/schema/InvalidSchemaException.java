package io.belfry.schema;

import java.util.List;

/// The schema files contradict themselves. Carries every fault, each with the path of the place.
public final class InvalidSchemaException extends RuntimeException {
  private final List<String> faults;

  InvalidSchemaException(List<String> faults) {
    super("the schema has " + faults.size() + " faults:\n  " + String.join("\n  ", faults));
    this.faults = List.copyOf(faults);
  }

  public List<String> faults() {
    return faults;
  }
}
