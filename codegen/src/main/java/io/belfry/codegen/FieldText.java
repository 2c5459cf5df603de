package io.belfry.codegen;

import io.belfry.schema.Field;
import io.belfry.schema.Limits;
import io.belfry.schema.Limits.Range;
import java.util.Collection;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What people read of a field: the schema's sentences, its unit, its limits.
public final class FieldText {
  private FieldText() {}

  /// Where something else tells the limits.
  ///
  /// @param siblings the fields beside it, one of which may choose the unit
  public static String withUnit(Field field, Collection<Field> siblings) {
    return joined(field.doc(), unit(field, siblings), late(field.marks().limits()));
  }

  /// All there is to say.
  ///
  /// @param siblings as in [#withUnit]
  public static String whole(Field field, Collection<Field> siblings) {
    var limits = field.marks().limits();
    return joined(
        field.doc(),
        unit(field, siblings),
        limit(limits.length(), " characters."),
        limit(limits.value(), "."),
        limit(limits.items(), " items."),
        late(limits));
  }

  private static String unit(Field field, Collection<Field> siblings) {
    var chooser =
        siblings.stream().filter(sibling -> sibling.name().equals(field.unitName())).findFirst();
    return field
        .marks()
        .unit()
        .map(unit ->
            unit.phrase()
                + chooser
                    .map(each -> ", unless `%s` says otherwise.".formatted(each.name()))
                    .orElse("."))
        .orElse("");
  }

  private static String limit(Range range, String noun) {
    if (range.isAny()) {
      return "";
    }
    var text = range.toString();
    return Character.toUpperCase(text.charAt(0)) + text.substring(1) + noun;
  }

  private static String late(Limits limits) {
    return limits.late() ? "What breaks this makes the task fail." : "";
  }

  private static String joined(String... sentences) {
    return Stream.of(sentences)
        .filter(sentence -> !sentence.isEmpty())
        .collect(Collectors.joining(" "));
  }
}
