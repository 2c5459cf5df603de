package io.belfry.schema;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// A value inside an entity (`Cpu`), or the shape of an answer that is no entity (`LoginResponse`).
///
/// @param embedded whether entities hold it; stored as JSON
public record ObjectType(String name, boolean embedded, Map<String, Field> fields, String doc) {
  public ObjectType {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }
}
