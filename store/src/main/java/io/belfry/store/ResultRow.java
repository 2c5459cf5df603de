package io.belfry.store;

import io.belfry.store.row.Values;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The current row of a query of our own. Columns count from 1. Valid only while it is mapped.
public final class ResultRow {
  private final ResultSet results;

  ResultRow(ResultSet results) {
    this.results = results;
  }

  public String text(int column) {
    var text = textOrNull(column);
    if (text == null) {
      throw new IllegalStateException("column " + column + " is null");
    }
    return text;
  }

  public @Nullable String textOrNull(int column) {
    try {
      return results.getString(column);
    } catch (SQLException e) {
      throw new StoreException(e);
    }
  }

  /// The texts in this column, an array without nulls; empty where it is null.
  public List<String> texts(int column) {
    try {
      var array = results.getArray(column);
      return array == null ? List.of() : List.of((String[]) array.getArray());
    } catch (SQLException e) {
      throw new StoreException(e);
    }
  }

  /// The number in this column; 0 where it is null.
  public long longValue(int column) {
    try {
      return results.getLong(column);
    } catch (SQLException e) {
      throw new StoreException(e);
    }
  }

  public Instant instant(int column) {
    try {
      return results.getObject(column, OffsetDateTime.class).toInstant();
    } catch (SQLException e) {
      throw new StoreException(e);
    }
  }

  /// Whether this column is true; false where it is null.
  public boolean booleanValue(int column) {
    try {
      return results.getBoolean(column);
    } catch (SQLException e) {
      throw new StoreException(e);
    }
  }

  Values values(RowReader reader) {
    try {
      return reader.read(results);
    } catch (SQLException e) {
      throw new StoreException(e);
    }
  }
}
