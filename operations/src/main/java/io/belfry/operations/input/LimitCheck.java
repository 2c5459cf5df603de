package io.belfry.operations.input;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.problem.ProblemException;
import io.belfry.schema.Field;
import io.belfry.schema.Limits;
import io.belfry.schema.Unit;
import java.math.BigDecimal;
import java.util.Map;

/// Holds the values of one object to the limits that the schema gives its fields. They have their
/// types already.
final class LimitCheck {
  private static final BigDecimal GREATEST = BigDecimal.valueOf(Long.MAX_VALUE);

  private final String path;
  private final JsonNode object;

  /// @param path where in the body the object stands
  LimitCheck(String path, JsonNode object) {
    this.path = path;
    this.object = object;
  }

  /// @throws ProblemException if the field's value is beyond its limits
  void check(Field field) {
    var given = object.path(field.wireName());
    var limits = field.marks().limits();
    if (given.isNull() || given.isMissingNode() || limits.late()) {
      return;
    }
    var place = path + "." + field.wireName();
    if (!field.isList()) {
      checkOne(place, field, given);
      return;
    }
    checkSize(place, limits.items(), given.size());
    for (var i = 0; i < given.size(); i++) {
      checkOne(place + "[" + i + "]", field, given.get(i));
    }
  }

  private static void checkSize(String place, Limits.Range range, int size) {
    if (!range.contains(size)) {
      throw refused(place, "%s must have %s elements, not %s".formatted(place, range, size));
    }
  }

  private void checkOne(String place, Field field, JsonNode given) {
    if (given.isTextual()) {
      checkLength(place, field.marks().limits().length(), given.textValue());
    } else if (field.use().isNumeric()) {
      checkNumber(place, field, given);
    }
  }

  /// Never shows the text: it may be a password.
  private static void checkLength(String place, Limits.Range range, String text) {
    var length = text.isBlank() ? 0 : text.codePointCount(0, text.length());
    if (!range.contains(length)) {
      var shown = length == 0 && !text.isEmpty() ? "blanks only" : Integer.toString(length);
      throw refused(place, "%s must have %s characters, not %s".formatted(place, range, shown));
    }
  }

  private void checkNumber(String place, Field field, JsonNode given) {
    var unit = object.path(field.unitName());
    if (!unit.isTextual()) {
      checkNumber(place, field, given.decimalValue(), given.asText());
      return;
    }
    var factor = BigDecimal.valueOf(ChosenUnits.factor(unit.textValue()));
    var shown = given.asText() + " " + unit.textValue();
    checkNumber(place, field, given.decimalValue().multiply(factor), shown);
  }

  private static void checkNumber(String place, Field field, BigDecimal number, String shown) {
    var range = field.marks().limits().value();
    if (!range.contains(number)) {
      throw beyond(place, field, range.toString(), shown);
    }
    if (number.compareTo(GREATEST) > 0) {
      throw beyond(place, field, "at most " + GREATEST, shown);
    }
  }

  private static ProblemException beyond(String place, Field field, String range, String shown) {
    var unit = field.marks().unit().map(LimitCheck::inserted).orElse("");
    return refused(place, "%s%s must be %s, not %s".formatted(place, unit, range, shown));
  }

  private static String inserted(Unit unit) {
    var phrase = unit.phrase();
    return ", %s%s,".formatted(Character.toLowerCase(phrase.charAt(0)), phrase.substring(1));
  }

  private static ProblemException refused(String place, String message) {
    return new Problem(ProblemCode.OUT_OF_RANGE, message, Map.of("field", place)).asException();
  }
}
