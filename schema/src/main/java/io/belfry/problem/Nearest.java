package io.belfry.problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Finds what somebody probably meant.
public final class Nearest {
  private Nearest() {}

  /// The known names closest to a wrong one, best first; empty if nothing is close.
  ///
  /// @param limit how many at most
  public static List<String> names(String wrong, Collection<String> known, int limit) {
    record Scored(String name, int distance) {}
    var tolerated = Math.max(2, wrong.length() / 3);
    return known.stream()
        .map(name -> new Scored(name, distance(normal(wrong), normal(name))))
        .filter(scored -> scored.distance() <= tolerated)
        .sorted(Comparator.comparingInt(Scored::distance).thenComparing(Scored::name))
        .limit(limit)
        .map(Scored::name)
        .toList();
  }

  private static String normal(String name) {
    return name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
  }

  /// Levenshtein's distance: how many letters to insert, remove or replace.
  private static int distance(String a, String b) {
    var previous = new int[b.length() + 1];
    for (var j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (var i = 1; i <= a.length(); i++) {
      var current = new int[b.length() + 1];
      current[0] = i;
      for (var j = 1; j <= b.length(); j++) {
        var replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
