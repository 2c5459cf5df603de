package io.belfry.sdk.internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.belfry.sdk.EnumValue;
import io.belfry.sdk.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a model looks like in JSON, and how to read it: straight from bytes, without reflection and
/// without code of its own for each model. Fields are known by number, in the order in which the
/// builder met them.
///
/// @param <T> the model
public final class Shape<T> {
  private final Fields fields;
  private final Kind[] kinds;
  private final Function<Values, T> model;

  private Shape(Fields fields, Kind[] kinds, Function<Values, T> model) {
    this.fields = fields;
    this.kinds = kinds;
    this.model = model;
  }

  /// @param name the model's name, for messages
  public static Builder of(String name) {
    return new Builder(name);
  }

  Fields fields() {
    return fields;
  }

  /// The object at which the parser stands.
  public T read(JsonParser parser) throws IOException {
    return model.apply(values(parser));
  }

  /// Reads an object that has been read as JSON before.
  ///
  /// @throws IOException if it is no such object
  public T read(Json json) throws IOException {
    try (var parser = JsonText.parser(JsonText.bytes(json))) {
      parser.nextToken();
      return read(parser);
    }
  }

  /// The list of objects at which the parser stands.
  public List<T> readList(JsonParser parser) throws IOException {
    if (!parser.isExpectedStartArrayToken()) {
      throw Kind.unexpected(parser, "a list");
    }
    var list = new ArrayList<T>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      list.add(read(parser));
    }
    return list;
  }

  private Values values(JsonParser parser) throws IOException {
    if (!parser.isExpectedStartObjectToken()) {
      throw Kind.unexpected(parser, "an object");
    }
    var slots = new @Nullable Object[fields.count()];
    Map<String, Json> additional = Map.of();
    int before = Fields.START;
    while (true) {
      int number = fields.next(parser, before);
      if (number == Fields.NONE) {
        return new Values(fields, slots, additional);
      }
      if (number == Fields.UNKNOWN) {
        var name = parser.currentName();
        parser.nextToken();
        additional = additional.isEmpty() ? new LinkedHashMap<>() : additional;
        additional.put(name, JsonText.read(parser));
      } else {
        var isNull = parser.nextToken() == JsonToken.VALUE_NULL;
        slots[number] = isNull ? null : kinds[number].read(parser);
        before = number;
      }
    }
  }

  /// Collects a model's fields. A name that ends in `!` is that of a field that must be there.
  public static final class Builder {
    private final String owner;
    private final List<String> names = new ArrayList<>();
    private final List<Kind> kinds = new ArrayList<>();

    /// What this builds, once it is there.
    private @Nullable Shape<?> built;

    private Builder(String owner) {
      this.owner = owner;
    }

    public Builder text(String... names) {
      return add(Kind.TEXT, names);
    }

    public Builder texts(String name) {
      return add(Kind.list(Kind.TEXT), name);
    }

    public Builder ints(String... names) {
      return add(Kind.INT, names);
    }

    public Builder intLists(String name) {
      return add(Kind.list(Kind.INT), name);
    }

    public Builder longs(String... names) {
      return add(Kind.LONG, names);
    }

    public Builder doubles(String... names) {
      return add(Kind.DOUBLE, names);
    }

    public Builder doubleLists(String name) {
      return add(Kind.list(Kind.DOUBLE), name);
    }

    public Builder booleans(String... names) {
      return add(Kind.BOOLEAN, names);
    }

    public Builder json(String... names) {
      return add(Kind.JSON, names);
    }

    public Builder enumeration(Function<String, ? extends EnumValue> of, String... names) {
      return add(Kind.enumeration(of), names);
    }

    public Builder enumerations(Function<String, ? extends EnumValue> of, String name) {
      return add(Kind.list(Kind.enumeration(of)), name);
    }

    public Builder object(Shape<?> shape, String... names) {
      return add(Kind.object(shape), names);
    }

    public Builder objects(Shape<?> shape, String... names) {
      return add(Kind.list(Kind.object(shape)), names);
    }

    /// Fields that hold the model itself, whose shape can't be given while it is being built.
    public Builder itself(String... names) {
      return add(this::readItself, names);
    }

    public Builder listsOfItself(String... names) {
      return add(Kind.list(this::readItself), names);
    }

    private Object readItself(JsonParser parser) throws IOException {
      return Objects.requireNonNull(Objects.requireNonNull(built).read(parser));
    }

    private Builder add(Kind kind, String... names) {
      for (var name : names) {
        this.names.add(name);
        kinds.add(kind);
      }
      return this;
    }

    /// @param model makes the model from its values
    public <T> Shape<T> build(Function<Values, T> model) {
      var shape = new Shape<>(new Fields(owner, names), kinds.toArray(new Kind[0]), model);
      built = shape;
      return shape;
    }
  }
}
