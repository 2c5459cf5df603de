package io.belfry.operations.iscsi;

import io.belfry.operations.input.Params;
import io.belfry.store.Transaction;
import io.belfry.store.rows.IscsiLunEdit;
import io.belfry.store.rows.IscsiLunRow;

/// Who may use a LUN, and how much.
final class LunAccess {
  private LunAccess() {}

  /// Writes what a request says of it.
  static void write(Transaction transaction, String id, Params params) {
    params
        .optionalText("allowed_initiators")
        .ifPresent(given -> transaction.update(id, IscsiLunEdit.edit().allowedInitiators(given)));
    var limits = IoLimits.read(IscsiLunRow.TYPE.entity(), params);
    if (!limits.values().isEmpty()) {
      transaction.update(id, limits);
    }
  }
}
