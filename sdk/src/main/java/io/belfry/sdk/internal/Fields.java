package io.belfry.sdk.internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The fields of a model by number: their names in JSON and which of them must be there.
///
/// Servers write the fields of objects in the same order each time. Which field followed which is
/// remembered, so that the parser only has to compare the next name with the one that is likely,
/// which costs it much less than finding out what the name is.
final class Fields {
  /// Before the first field.
  static final int START = -1;

  /// A field that is not the model's.
  static final int UNKNOWN = -1;

  /// The end of the object.
  static final int NONE = -2;

  private final String owner;
  private final String[] names;
  private final SerializableString[] written;

  /// By the field before, from [#START] on, shifted by one. Threads may overwrite each other's
  /// guesses: that makes them wrong at worst, never the answer.
  private final int[] followers;

  private final BitSet required = new BitSet();
  private final Map<String, Integer> numbers = new HashMap<>();

  /// @param owner the model's name
  /// @param marked the names in order, each with `!` behind it if the field must be there
  Fields(String owner, List<String> marked) {
    this.owner = owner;
    this.names = new String[marked.size()];
    this.written = new SerializableString[names.length];
    this.followers = new int[names.length + 1];
    for (int number = 0; number < names.length; number++) {
      var each = marked.get(number);
      required.set(number, each.endsWith("!"));
      names[number] = (required.get(number) ? each.substring(0, each.length() - 1) : each).intern();
      written[number] = new SerializedString(names[number]);
      followers[number] = number;
      numbers.put(names[number], number);
    }
  }

  String owner() {
    return owner;
  }

  int count() {
    return names.length;
  }

  String name(int number) {
    return names[number];
  }

  boolean isRequired(int number) {
    return required.get(number);
  }

  /// The field with a name, or [#UNKNOWN].
  int number(String name) {
    return numbers.getOrDefault(name, UNKNOWN);
  }

  /// Moves the parser on to the name of the next field.
  ///
  /// @param before the field before
  /// @return the field's number, [#UNKNOWN], or [#NONE] at the end
  int next(JsonParser parser, int before) throws IOException {
    int likely = followers[before + 1];
    if (likely < names.length && parser.nextFieldName(written[likely])) {
      return likely;
    }
    var token = likely < names.length ? parser.currentToken() : parser.nextToken();
    if (token != JsonToken.FIELD_NAME) {
      return NONE;
    }
    int number = number(parser.currentName());
    if (number != UNKNOWN) {
      followers[before + 1] = number;
    }
    return number;
  }
}
