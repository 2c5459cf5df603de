package io.belfry.query.sql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A statement, or a part of one.
///
/// @param text with `?` for each parameter
/// @param parameters strings, longs, doubles, booleans, instants, and lists of strings, which are
///   arrays of texts
public record Sql(String text, List<Object> parameters) {
  public Sql {
    parameters = List.copyOf(parameters);
  }

  static Sql of(String text, Object... parameters) {
    return new Sql(text, List.of(parameters));
  }

  /// A text in which each `%s` stands for a part, in order.
  static Sql format(String template, Sql... parts) {
    var texts = Arrays.stream(parts).map(Sql::text).toArray();
    return new Sql(template.formatted(texts), parameters(Arrays.asList(parts)));
  }

  static Sql join(String separator, List<Sql> parts) {
    return new Sql(
        String.join(separator, parts.stream().map(Sql::text).toList()), parameters(parts));
  }

  private static List<Object> parameters(List<Sql> parts) {
    var parameters = new ArrayList<>();
    parts.forEach(part -> parameters.addAll(part.parameters()));
    return parameters;
  }
}
