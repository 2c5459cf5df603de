package io.belfry.query;

import org.jspecify.annotations.Nullable;

/// Which part of an ordered list is wanted. First the cursors cut the list, then `skip` and `first`
/// count from its start, or `skip` and `last` from its end; the order stays. A cursor that isn't in
/// the list leaves nothing.
///
/// @param skip how many to leave out, at the end if `last` is given, else at the start
/// @param after the id of the row behind which the part starts
/// @param before the id of the row before which the part ends
public record Paging(
    @Nullable Integer first,
    @Nullable Integer last,
    int skip,
    @Nullable String after,
    @Nullable String before) {
  /// The whole list.
  public static final Paging NONE = new Paging(null, null, 0, null, null);

  public Paging {
    requireNotNegative(first == null ? 0 : first);
    requireNotNegative(last == null ? 0 : last);
    requireNotNegative(skip);
    if (first != null && last != null) {
      throw new IllegalArgumentException("either first or last");
    }
  }

  public static Paging first(int count) {
    return new Paging(count, null, 0, null, null);
  }

  /// How many rows there are at most; null if there is no limit.
  public @Nullable Integer limit() {
    return last == null ? first : last;
  }

  /// Whether the part is counted from the end of the list.
  public boolean fromEnd() {
    return last != null;
  }

  private static void requireNotNegative(int count) {
    if (count < 0) {
      throw new IllegalArgumentException("negative: " + count);
    }
  }
}
