package io.belfry.tasks;

/// Something that tasks share and that only so many may use at once, such as a host for live
/// migrations. [TaskSettings#lanes] says how many.
///
/// @param kind one of those in the settings
/// @param of id of what is shared
public record Lane(String kind, String of) {
  public Lane {
    if (kind.isEmpty() || kind.contains(":")) {
      throw new IllegalArgumentException("a lane's kind is a word without a colon: " + kind);
    }
  }

  static Lane parse(String text) {
    var colon = text.indexOf(':');
    return new Lane(text.substring(0, colon), text.substring(colon + 1));
  }

  /// As the queue keeps it.
  String text() {
    return kind + ":" + of;
  }
}
