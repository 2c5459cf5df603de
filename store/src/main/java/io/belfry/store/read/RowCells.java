package io.belfry.store.read;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// The cells of a result's current row.
record RowCells(ResultSet results) implements Cells {
  @Override
  public @Nullable String text(int cell) throws SQLException {
    return results.getString(cell + 1);
  }

  @Override
  public Object[] elements(int cell) throws SQLException {
    return (Object[]) results.getArray(cell + 1).getArray();
  }
}
