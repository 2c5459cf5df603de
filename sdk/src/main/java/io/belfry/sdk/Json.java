package io.belfry.sdk;

import io.belfry.sdk.internal.JsonText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A JSON value. Every operation takes one as its body, for whoever thinks in JSON or needs what
/// the models don't have:
///
/// ```java
/// vmApi.getVms(Json.object("where", Json.object("name_contains", "web"), "first", 10));
/// ```
///
/// Immutable; two are equal if they hold the same values, whatever the order of keys.
public final class Json implements JsonForm {
  /// The value `null`.
  public static final Json NULL = new Json(null);

  /// A `Map<String, Json>`, `List<Json>`, `String`, `Number`, `Boolean`, [Upload] or null.
  private final @Nullable Object value;

  private Json(@Nullable Object value) {
    this.value = value;
  }

  /// An object.
  ///
  /// @param keysAndValues keys, each followed by its value, which is anything that [#of] takes
  public static Json object(@Nullable Object... keysAndValues) {
    if (keysAndValues.length % 2 != 0) {
      throw new IllegalArgumentException(
          "each key needs a value, but there are %s arguments".formatted(keysAndValues.length));
    }
    var fields = new LinkedHashMap<String, Json>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      if (!(keysAndValues[i] instanceof String key)) {
        throw new IllegalArgumentException("a key is a String, not " + keysAndValues[i]);
      }
      fields.put(key, of(keysAndValues[i + 1]));
    }
    return new Json(Collections.unmodifiableMap(fields));
  }

  /// A list of values, each anything that [#of] takes.
  public static Json array(@Nullable Object... elements) {
    return of(Collections.unmodifiableList(Arrays.asList(elements)));
  }

  /// The JSON form of a value.
  ///
  /// @param value null, text, number, boolean, instant, anything with a JSON form, or a collection
  ///   or map of these
  /// @throws IllegalArgumentException if it is anything else
  public static Json of(@Nullable Object value) {
    if (value == null) {
      return NULL;
    }
    if (value instanceof JsonForm form) {
      return form instanceof Json json ? json : form.json();
    }
    if (value instanceof String || value instanceof Boolean) {
      return new Json(value);
    }
    if (value instanceof Number number) {
      return new Json(plain(number));
    }
    if (value instanceof Instant instant) {
      return new Json(JsonText.date(instant));
    }
    if (value instanceof Collection<?> collection) {
      var elements = new ArrayList<Json>(collection.size());
      collection.forEach(each -> elements.add(of(each)));
      return new Json(Collections.unmodifiableList(elements));
    }
    if (value instanceof Map<?, ?> map) {
      var fields = new LinkedHashMap<String, Json>();
      map.forEach((key, each) -> fields.put(String.valueOf(key), of(each)));
      return new Json(Collections.unmodifiableMap(fields));
    }
    throw new IllegalArgumentException("no JSON form: " + value.getClass().getName());
  }

  /// A file where an operation takes one. Only the body of such an operation can hold it; as text
  /// it is the file's name and size.
  static Json file(Upload file) {
    return new Json(file);
  }

  /// Reads JSON text.
  ///
  /// @throws IllegalArgumentException if it is not one JSON value
  public static Json parse(String text) {
    return JsonText.parse(text);
  }

  private static Number plain(Number number) {
    if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
      return number.longValue();
    }
    if (number instanceof Float) {
      return new BigDecimal(number.toString());
    }
    if (number instanceof Double real && !Double.isFinite(real)) {
      throw new IllegalArgumentException("no JSON form: " + number);
    }
    return number;
  }

  public boolean isNull() {
    return value == null;
  }

  public boolean isObject() {
    return value instanceof Map;
  }

  public boolean isArray() {
    return value instanceof List;
  }

  /// Whether this is an object with that key, be its value null or not.
  public boolean has(String key) {
    return value instanceof Map<?, ?> map && map.containsKey(key);
  }

  /// The value of a key; [#NULL] if there is none.
  public Json get(String key) {
    return fields().getOrDefault(key, NULL);
  }

  /// An element of a list.
  public Json get(int index) {
    return elements().get(index);
  }

  /// The fields of an object.
  ///
  /// @throws IllegalStateException if this is no object
  @SuppressWarnings("unchecked")
  public Map<String, Json> fields() {
    if (value instanceof Map) {
      return (Map<String, Json>) value;
    }
    throw isNot("object");
  }

  /// The elements of a list.
  ///
  /// @throws IllegalStateException if this is no list
  @SuppressWarnings("unchecked")
  public List<Json> elements() {
    if (value instanceof List) {
      return (List<Json>) value;
    }
    throw isNot("list");
  }

  /// @throws IllegalStateException if this is no text
  public String asText() {
    if (value instanceof String text) {
      return text;
    }
    throw isNot("text");
  }

  /// @throws IllegalStateException if this is no number, or one with a fraction
  public long asLong() {
    if (value instanceof Long number) {
      return number;
    }
    try {
      return new BigDecimal(number().toString()).longValueExact();
    } catch (ArithmeticException fraction) {
      throw new IllegalStateException("no whole number of 64 bits: " + this, fraction);
    }
  }

  /// @throws IllegalStateException if this is no number
  public double asDouble() {
    return number().doubleValue();
  }

  /// @throws IllegalStateException if this is neither `true` nor `false`
  public boolean asBoolean() {
    if (value instanceof Boolean bool) {
      return bool;
    }
    throw isNot("boolean");
  }

  private Number number() {
    if (value instanceof Number number) {
      return number;
    }
    throw isNot("number");
  }

  private IllegalStateException isNot(String what) {
    return new IllegalStateException("no " + what + ": " + this);
  }

  /// What this holds: a `Map<String, Json>`, `List<Json>`, `String`, `Number`, `Boolean` or null.
  public @Nullable Object value() {
    return value;
  }

  @Override
  public Json json() {
    return this;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Json json && Objects.equals(comparable(value), comparable(json.value));
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(comparable(value));
  }

  /// Numbers are equal whatever type holds them.
  private static @Nullable Object comparable(@Nullable Object value) {
    if (value instanceof Long || value instanceof Double || value instanceof BigInteger) {
      return new BigDecimal(value.toString()).stripTrailingZeros();
    }
    return value instanceof BigDecimal number ? number.stripTrailingZeros() : value;
  }

  /// The JSON text, without spaces.
  @Override
  public String toString() {
    return JsonText.write(this);
  }
}
