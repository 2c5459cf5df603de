package io.belfry.recording;

import io.belfry.sdk.Json;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// Takes secrets out of what is recorded: the values of fields whose names say that they are
/// secret, tokens in addresses, and wherever these values occur again. Thread-safe.
final class Redaction {
  /// What stands in place of a secret.
  static final String REDACTED = "REDACTED";

  private static final Pattern SECRET_FIELD =
      Pattern.compile(
          "(?i).*(password|passwd|secret|token|private_?key|access_?key|api_?key|credential"
              + "|community|passphrase).*");
  private static final Pattern IN_ADDRESS = Pattern.compile("(?i)((?:token|key)=)[^&\"\\s]+");

  /// Shorter values occur elsewhere by chance.
  private static final int LEAST_LETTERS = 8;

  private final Set<String> known = ConcurrentHashMap.newKeySet();

  /// The same without secrets.
  Json of(Json body) {
    var redacted = body.isNull() ? body : value("", body);
    return known.isEmpty() ? redacted : again(redacted);
  }

  /// The same without tokens.
  static String ofAddress(String path) {
    return IN_ADDRESS.matcher(path).replaceAll("$1" + REDACTED);
  }

  private Json value(String field, Json value) {
    if (value.isObject()) {
      var fields = new LinkedHashMap<String, Object>();
      value.fields().forEach((name, inner) -> fields.put(name, value(name, inner)));
      return Json.of(fields);
    }
    if (value.isArray()) {
      return Json.of(value.elements().stream().map(each -> value(field, each)).toList());
    }
    if (!(value.value() instanceof String text) || text.isEmpty()) {
      return value;
    }
    if (SECRET_FIELD.matcher(field).matches()) {
      if (text.length() >= LEAST_LETTERS && !text.equals(REDACTED)) {
        known.add(text);
      }
      return Json.of(REDACTED);
    }
    return Json.of(ofAddress(text));
  }

  /// Without values that were secret in another place.
  private Json again(Json value) {
    if (value.isObject()) {
      var fields = new LinkedHashMap<String, Object>();
      value.fields().forEach((name, inner) -> fields.put(name, again(inner)));
      return Json.of(fields);
    }
    if (value.isArray()) {
      return Json.of(value.elements().stream().map(this::again).toList());
    }
    if (!(value.value() instanceof String text)) {
      return value;
    }
    var without = text;
    for (var secret : known) {
      without = without.replace(secret, REDACTED);
    }
    return Json.of(without);
  }
}
