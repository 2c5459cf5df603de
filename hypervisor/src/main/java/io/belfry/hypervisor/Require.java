package io.belfry.hypervisor;

import java.util.HashSet;
import java.util.List;
import java.util.function.Function;

/// The checks that the records share.
final class Require {
  private Require() {}

  static void text(String name, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(name + " must not be blank");
    }
  }

  static void positive(String name, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " must be positive: " + value);
    }
  }

  static void notNegative(String name, long value) {
    if (value < 0) {
      throw new IllegalArgumentException(name + " must not be negative: " + value);
    }
  }

  static void percent(String name, double value) {
    if (!(value >= 0 && value <= 100)) {
      throw new IllegalArgumentException(name + " must be from 0 to 100: " + value);
    }
  }

  static <T> void distinct(String name, List<T> all, Function<T, Object> key) {
    var seen = new HashSet<Object>();
    for (var one : all) {
      if (!seen.add(key.apply(one))) {
        throw new IllegalArgumentException(name + " must be distinct: " + key.apply(one));
      }
    }
  }
}
