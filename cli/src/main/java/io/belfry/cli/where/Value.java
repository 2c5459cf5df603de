package io.belfry.cli.where;

import io.belfry.cli.catalogue.Catalogue;
import io.belfry.cli.catalogue.Field;
import io.belfry.cli.catalogue.Nearest;
import io.belfry.cli.shell.Failure;
import io.belfry.sdk.Json;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// One plain value as people write it, in conditions and options: `4GiB`, `running`, `now-7d`.
public record Value(Catalogue catalogue, Instant now) {
  private static final Pattern AMOUNT =
      Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*([KMGTP])(i?)B?");
  private static final Pattern AGO = Pattern.compile("now(?:([+-])([0-9]+)([smhdw]))?");
  private static final String PREFIXES = "KMGTP";
  private static final DateTimeFormatter WIRE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneId.of("UTC"));

  /// The JSON for a text.
  ///
  /// @throws Failure if the field doesn't take such a value; the message says what it takes
  public Json of(Field field, String text) {
    return switch (field.type().kind()) {
      case ENUM -> constant(field, text);
      case SCALAR -> scalar(field, text);
      default -> throw new IllegalArgumentException(field.name() + " takes no plain value");
    };
  }

  private Json constant(Field field, String text) {
    var values = catalogue.values(field.type().name());
    return values.stream()
        .filter(text::equalsIgnoreCase)
        .findFirst()
        .map(Json::of)
        .orElseThrow(() ->
            Failure.usage(
                "%s must be one of %s, not '%s'%s"
                    .formatted(
                        field.name(),
                        String.join(", ", values),
                        text,
                        Nearest.question(text, values))));
  }

  private Json scalar(Field field, String text) {
    return switch (field.type().name()) {
      case "INT", "LONG" -> field.isBytes() ? bytes(field, text) : whole(field, text);
      case "FLOAT" -> number(field, text);
      case "BOOLEAN" -> bool(field, text);
      case "DATE_TIME" -> date(field, text);
      case "JSON" -> json(field, text);
      default -> Json.of(text);
    };
  }

  private static Json whole(Field field, String text) {
    try {
      return Json.of(Long.parseLong(text));
    } catch (NumberFormatException noNumber) {
      throw wrong(field, text, "a whole number");
    }
  }

  private static Json number(Field field, String text) {
    try {
      return Json.of(new BigDecimal(text));
    } catch (NumberFormatException noNumber) {
      throw wrong(field, text, "a number");
    }
  }

  private static Json bytes(Field field, String text) {
    var amount = AMOUNT.matcher(text);
    if (amount.matches()) {
      var base = amount.group(3).isEmpty() ? 1000 : 1024;
      var unit = BigDecimal.valueOf(base).pow(PREFIXES.indexOf(amount.group(2)) + 1);
      try {
        return Json.of(new BigDecimal(amount.group(1)).multiply(unit).longValueExact());
      } catch (ArithmeticException fraction) {
        throw wrong(field, text, "a whole number of bytes below 8 EiB");
      }
    }
    try {
      return Json.of(Long.parseLong(text));
    } catch (NumberFormatException noNumber) {
      throw wrong(field, text, "a number of bytes, such as 4294967296 or 4GiB");
    }
  }

  private static Json bool(Field field, String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> Json.of(true);
      case "false" -> Json.of(false);
      default -> throw wrong(field, text, "true or false");
    };
  }

  private Json date(Field field, String text) {
    var relative = AGO.matcher(text);
    if (relative.matches()) {
      try {
        return Json.of(
            WIRE.format(
                relative.group(1) == null
                    ? now
                    : now.plus(
                        shift(
                            relative.group(1),
                            Long.parseLong(relative.group(2)),
                            relative.group(3)))));
      } catch (ArithmeticException | DateTimeException | NumberFormatException tooFar) {
        throw wrong(field, text, "a time that is not that far away");
      }
    }
    for (var form :
        List.<Form>of(
            Instant::parse,
            each -> OffsetDateTime.parse(each).toInstant(),
            each -> LocalDateTime.parse(each).atZone(ZoneId.systemDefault()).toInstant(),
            each -> LocalDate.parse(each).atStartOfDay(ZoneId.systemDefault()).toInstant())) {
      try {
        return Json.of(WIRE.format(form.read(text)));
      } catch (DateTimeException otherForm) {
        // the next form may fit
      }
    }
    throw wrong(field, text, "a time, such as 2026-01-31, 2026-01-31T08:00:00Z or now-7d");
  }

  private interface Form {
    Instant read(String text);
  }

  private static Duration shift(String sign, long many, String unit) {
    var shift =
        switch (unit) {
          case "s" -> Duration.ofSeconds(many);
          case "m" -> Duration.ofMinutes(many);
          case "h" -> Duration.ofHours(many);
          case "d" -> Duration.ofDays(many);
          default -> Duration.ofDays(7 * many);
        };
    return sign.equals("-") ? shift.negated() : shift;
  }

  private static Json json(Field field, String text) {
    try {
      return Json.parse(text);
    } catch (IllegalArgumentException broken) {
      throw wrong(field, text, "JSON");
    }
  }

  private static Failure wrong(Field field, String text, String right) {
    return Failure.usage("%s must be %s, not '%s'".formatted(field.name(), right, text));
  }
}
