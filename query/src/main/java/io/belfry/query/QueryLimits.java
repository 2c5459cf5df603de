package io.belfry.query;

/// How large one filter may be.
///
/// @param depth how deep objects nest in it, the outermost included
/// @param conditions how many comparisons it holds, lists counted once
/// @param listSize how many values one list holds
/// @param textLength how many characters one text has
public record QueryLimits(int depth, int conditions, int listSize, int textLength) {
  public static final QueryLimits DEFAULT = new QueryLimits(16, 2_000, 20_000, 10_000);

  public QueryLimits {
    if (depth < 1 || conditions < 1 || listSize < 1 || textLength < 1) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }
}
