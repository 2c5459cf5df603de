package io.belfry.schema;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// The parameters of an operation, or a part of them.
public record InputType(String name, Map<String, Field> fields, String doc) {
  public InputType {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }
}
