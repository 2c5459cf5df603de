package io.belfry.datacenter;

import io.belfry.store.Transaction;
import io.belfry.store.row.Edit;
import io.belfry.store.row.RowType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// New rows on their way into the store, some thousands at a time.
///
/// A row must be added after those that it refers to. Entities are written in the order in which
/// their first rows came, so that this holds within a batch as well.
final class RowBatch {
  private static final int LIMIT = 20_000;

  private final Transaction transaction;
  private final Map<String, List<Edit>> byEntity = new LinkedHashMap<>();
  private int size;

  RowBatch(Transaction transaction) {
    this.transaction = transaction;
  }

  void add(Edit row) {
    byEntity.computeIfAbsent(row.entity(), _ -> new ArrayList<>()).add(row);
    if (++size == LIMIT) {
      flush();
    }
  }

  /// Relates a row to others by a many-to-many relation.
  void link(RowType<?> type, String relation, String id, Collection<String> others) {
    if (!others.isEmpty()) {
      flush();
      transaction.link(type, relation, id, others);
    }
  }

  void flush() {
    for (var rows : byEntity.values()) {
      transaction.insert(rows);
      rows.clear();
    }
    size = 0;
  }
}
