package io.belfry.store.read;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.belfry.schema.Field;
import io.belfry.schema.Schema;
import io.belfry.schema.Type;
import io.belfry.store.row.LocalizedText;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/// Values for rows and filters, few enough of each type that they meet.
record SampleValues(Schema schema, RandomGenerator random) {
  private static final List<String> TEXTS =
      List.of(
          "", "a", "A", "ab", "prod-01", "prod-02", "50%", "500", "a_b", "a\\b", "'; --", "虚拟机",
          "é", "𝄞");
  private static final List<Long> WHOLE = List.of(-7L, 0L, 1L, 2L, 3L, 10L, 4096L);
  private static final List<Double> NUMBERS = List.of(-2.5, 0.0, 0.25, 1.0, 3.5, 1024.0);
  private static final List<Instant> TIMES =
      List.of(
          Instant.parse("2025-12-31T23:59:59.999Z"),
          Instant.parse("2026-01-31T08:00:00Z"),
          Instant.parse("2026-01-31T08:00:00.001Z"),
          Instant.parse("2026-11-24T00:00:00Z"));

  <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /// What a filter compares the field with.
  Object literal(Field field) {
    return switch (field.type()) {
      case Type.Scalar.INT, Type.Scalar.LONG -> oneOf(WHOLE);
      case Type.Scalar.FLOAT -> oneOf(NUMBERS);
      case Type.Scalar.BOOLEAN -> random.nextBoolean();
      case Type.Scalar.DATE_TIME -> oneOf(TIMES);
      case Type.EnumRef(var name) -> {
        var constants = schema.enumType(name).wireNames();
        yield oneOf(constants.subList(0, Math.min(3, constants.size())));
      }
      default -> oneOf(TEXTS);
    };
  }

  /// What a column holds.
  Object stored(Field field) {
    if (field.isList()) {
      return JsonNodeFactory.instance.arrayNode().add(oneOf(TEXTS));
    }
    if (field.marks().localized()) {
      return new LocalizedText(oneOf(TEXTS), oneOf(TEXTS));
    }
    return switch (field.type()) {
      case Type.Scalar.JSON -> JsonNodeFactory.instance.objectNode().put("n", oneOf(WHOLE));
      case Type.ObjectRef _ -> JsonNodeFactory.instance.objectNode().put("n", oneOf(WHOLE));
      default -> literal(field);
    };
  }
}
