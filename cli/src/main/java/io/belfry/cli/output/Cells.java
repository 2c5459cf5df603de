package io.belfry.cli.output;

import io.belfry.cli.catalogue.Field;
import io.belfry.sdk.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Values as people read them.
public final class Cells {
  private static final String NOTHING = "-";
  private static final String[] PREFIXES = {"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  private Cells() {}

  /// One line. What others have named can't control the terminal.
  public static String text(Field field, Json value) {
    return oneLine(readable(field, value));
  }

  /// Control characters become spaces.
  public static String oneLine(String text) {
    return text.codePoints()
        .map(each -> Character.isISOControl(each) ? ' ' : each)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static String readable(Field field, Json value) {
    if (value.isNull()) {
      return NOTHING;
    }
    if (value.isArray()) {
      return value.elements().stream()
          .map(each -> readable(field, each))
          .collect(Collectors.joining(", "));
    }
    if (field.isBytes() && value.value() instanceof Number) {
      return bytes(value.asDouble());
    }
    return field.type().isScalar("DATE_TIME") ? time(plain(value)) : plain(value);
  }

  /// What programs read: nothing rounded, nothing local.
  public static String plain(Json value) {
    if (value.isNull()) {
      return "";
    }
    if (value.isObject()) {
      return value.has("key") && value.has("value") ? pair(value) : named(value);
    }
    if (value.isArray()) {
      return value.elements().stream().map(Cells::plain).collect(Collectors.joining(", "));
    }
    return Objects.toString(value.value());
  }

  private static String named(Json object) {
    return Stream.of("name", "username", "id")
        .map(object::get)
        .filter(each -> !each.isNull())
        .findFirst()
        .map(Cells::plain)
        .orElseGet(object::toString);
  }

  /// A label, `stage:test`.
  private static String pair(Json label) {
    var key = plain(label.get("key"));
    var value = plain(label.get("value"));
    return value.isEmpty() ? key : key + ":" + value;
  }

  /// `1.5 GiB`.
  public static String bytes(double bytes) {
    var size = bytes;
    var prefix = 0;
    while (Math.abs(size) >= 1024 && prefix < PREFIXES.length - 1) {
      size /= 1024;
      prefix++;
    }
    var digits = size == Math.rint(size) ? "%.0f %sB" : "%.1f %sB";
    return String.format(Locale.ROOT, digits, size, PREFIXES[prefix]);
  }

  private static String time(String wire) {
    try {
      return LOCAL.format(Instant.parse(wire).atZone(ZoneId.systemDefault()));
    } catch (DateTimeException unknownForm) {
      return wire;
    }
  }
}
