package io.belfry.query.sql;

import java.util.List;

/// One property of the JSON object that a row becomes, and the cells of the row that it is made of.
/// Cells count from 0 and are texts, but for those of [Many].
public sealed interface Output {
  /// The property's name on the wire.
  String name();

  /// A plain value. An absent one is `null`, or left out if the schema requires the field.
  record Value(String name, int cell, Kind kind, boolean required) implements Output {}

  /// A related object; absent, as in [Value], if the cell `presence` is null.
  record One(String name, int presence, boolean required, List<Output> properties)
      implements Output {
    public One {
      properties = List.copyOf(properties);
    }
  }

  /// Any number of related objects. The cell is an array with an element for each: an array of
  /// cells for `properties`, or that cell itself where there is only one.
  record Many(String name, int cell, List<Output> properties) implements Output {
    public Many {
      properties = List.copyOf(properties);
    }
  }

  /// What the text of a cell is on the wire.
  enum Kind {
    TEXT,
    NUMBER,
    BOOLEAN,
    /// Any JSON, to be copied as it is.
    JSON,
    /// As [#JSON]; an absent list that is required is `[]`.
    JSON_LIST
  }
}
