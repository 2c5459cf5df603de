package io.belfry.sdk.internal;

import io.belfry.sdk.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one model holds: its values by field number, and fields that only the server knows.
/// Immutable.
public final class Values {
  private final Fields fields;
  private final @Nullable Object[] slots;
  private final Map<String, Json> additional;

  Values(Fields fields, @Nullable Object[] slots, Map<String, Json> additional) {
    this.fields = fields;
    this.slots = slots;
    this.additional = additional;
  }

  /// The value of a field that may be absent.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the shape read that type
  public <T> @Nullable T get(int number) {
    return (T) slots[number];
  }

  /// The value of a field that the API promises.
  ///
  /// @throws IllegalStateException if the answer lacks it, because the server is older or newer
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the shape read that type
  public <T> T required(int number) {
    var value = slots[number];
    if (value == null) {
      throw new IllegalStateException(
          "the server's answer has no %s.%s".formatted(fields.owner(), fields.name(number)));
    }
    return (T) value;
  }

  /// The elements of a list; none if it is absent.
  @SuppressWarnings("unchecked")
  public <T> List<T> list(int number) {
    var value = slots[number];
    return value == null ? List.of() : Collections.unmodifiableList((List<T>) value);
  }

  public @Nullable Instant date(int number) {
    String text = get(number);
    return text == null ? null : JsonText.date(text);
  }

  public Instant requiredDate(int number) {
    return JsonText.date(this.<String>required(number));
  }

  /// A field that this version of the SDK doesn't know; null where there is none.
  public Json additional(String name) {
    return additional.getOrDefault(name, Json.NULL);
  }

  /// All fields that are there.
  public Json json() {
    var json = new LinkedHashMap<String, Json>();
    for (int number = 0; number < slots.length; number++) {
      if (slots[number] != null) {
        json.put(fields.name(number), Json.of(slots[number]));
      }
    }
    json.putAll(additional);
    return Json.of(json);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Values values
        && fields == values.fields
        && Arrays.equals(slots, values.slots)
        && additional.equals(values.additional);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(slots) + additional.hashCode();
  }

  @Override
  public String toString() {
    return fields.owner() + json();
  }

  /// Collects the values of an input. Null is a value here: it is sent as `null`, while a field
  /// that was never set is not sent.
  public static final class Builder {
    private final Fields fields;
    private final @Nullable Object[] slots;
    private final Map<String, Json> additional = new LinkedHashMap<>();

    public Builder(InputShape shape) {
      this(shape.fields());
    }

    public Builder(Shape<?> shape) {
      this(shape.fields());
    }

    private Builder(Fields fields) {
      this.fields = fields;
      slots = new @Nullable Object[fields.count()];
    }

    public void set(int number, @Nullable Object value) {
      if (value instanceof Collection<?> list) {
        slots[number] = List.copyOf(list);
      } else {
        slots[number] = value == null ? Json.NULL : value;
      }
    }

    /// Sets a field by its name in JSON.
    public void put(String name, Json value) {
      int number = fields.number(name);
      if (number >= 0) {
        slots[number] = value;
      } else {
        additional.put(name, value);
      }
    }

    /// @throws IllegalStateException if a field that must be there is not, naming all of them
    public Values build() {
      var missing = new ArrayList<String>();
      for (int number = 0; number < slots.length; number++) {
        var value = slots[number];
        if (fields.isRequired(number) && (value == null || Json.NULL.equals(value))) {
          missing.add(fields.name(number));
        }
      }
      if (!missing.isEmpty()) {
        throw new IllegalStateException(
            "%s needs %s".formatted(fields.owner(), String.join(", ", missing)));
      }
      return new Values(fields, slots.clone(), new LinkedHashMap<>(additional));
    }
  }
}
