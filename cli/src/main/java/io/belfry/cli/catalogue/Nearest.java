package io.belfry.cli.catalogue;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Names that somebody who mistyped one may have meant.
public final class Nearest {
  private static final int MOST = 3;

  private Nearest() {}

  /// `; did you mean 'start' or 'restart'?`, or nothing.
  public static String question(String typed, Collection<String> names) {
    var near = of(typed, names);
    return near.isEmpty()
        ? ""
        : "; did you mean "
            + String.join(" or ", near.stream().map(each -> "'" + each + "'").toList())
            + "?";
  }

  /// The nearest names, nearest first; none if all are far away.
  public static List<String> of(String typed, Collection<String> names) {
    var lower = typed.toLowerCase(Locale.ROOT);
    var far = Math.max(1, lower.length() / 3);
    return names.stream()
        .filter(name -> distance(lower, name) <= far || isPart(lower, name))
        .sorted(
            Comparator.comparingInt((String name) -> distance(lower, name))
                .thenComparing(Comparator.naturalOrder()))
        .limit(MOST)
        .toList();
  }

  private static boolean isPart(String typed, String name) {
    return typed.length() >= 3 && name.contains(typed);
  }

  /// How many letters have to be put in, taken out, replaced or swapped with their neighbours.
  private static int distance(String one, String name) {
    var other = name.toLowerCase(Locale.ROOT);
    var rows = new int[one.length() + 1][other.length() + 1];
    for (var i = 0; i <= one.length(); i++) {
      for (var j = 0; j <= other.length(); j++) {
        rows[i][j] = i == 0 || j == 0 ? i + j : step(rows, one, other, i, j);
      }
    }
    return rows[one.length()][other.length()];
  }

  private static int step(int[][] rows, String one, String other, int i, int j) {
    var same = one.charAt(i - 1) == other.charAt(j - 1);
    var best =
        Math.min(Math.min(rows[i - 1][j], rows[i][j - 1]) + 1, rows[i - 1][j - 1] + (same ? 0 : 1));
    var swapped =
        i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1);
    return swapped ? Math.min(best, rows[i - 2][j - 2] + 1) : best;
  }
}
