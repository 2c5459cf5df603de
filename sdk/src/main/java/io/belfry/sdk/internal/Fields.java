package io.belfry.sdk.internal;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The fields of a model by number: their names in JSON and which of them must be there.
final class Fields {
  private final String owner;
  private final String[] names;
  private final BitSet required = new BitSet();
  private final Map<String, Integer> numbers = new HashMap<>();

  /// @param owner the model's name
  /// @param marked the names in order, each with `!` behind it if the field must be there
  Fields(String owner, List<String> marked) {
    this.owner = owner;
    this.names = new String[marked.size()];
    for (int number = 0; number < names.length; number++) {
      var each = marked.get(number);
      required.set(number, each.endsWith("!"));
      names[number] = (required.get(number) ? each.substring(0, each.length() - 1) : each).intern();
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

  /// The field's number, or -1. Answers hold fields mostly in order, so the guess is mostly right.
  int number(String name, int guess) {
    if (guess < names.length && names[guess].equals(name)) {
      return guess;
    }
    return numbers.getOrDefault(name, -1);
  }
}
