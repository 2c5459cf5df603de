package io.belfry.store.read;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// What one row, or one related object within a row, consists of. Cells count from 0.
interface Cells {
  @Nullable String text(int cell) throws SQLException;

  /// The elements of an array: texts, or arrays of texts.
  Object[] elements(int cell) throws SQLException;
}
