package io.belfry.operations.label;

import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.LabelRow;
import java.util.List;
import java.util.Set;

/// `delete-label`: removes labels, also from the objects that have them.
final class DeleteLabel implements Mutation {
  @Override
  public String path() {
    return "delete-label";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var labels = stillWanted(decision);
    decision.transaction().delete(LabelRow.TYPE, labels.stream().map(LabelRow::id).toList());
    return labels.stream().map(label -> deleted(decision, label)).toList();
  }

  /// Locks the labels, then looks again which of them the filter selects: one that says `total_num:
  /// 0` must not remove a label that an object has got meanwhile.
  private static List<LabelRow> stillWanted(Decision decision) {
    var where = decision.body().object("where");
    var locked = decision.lock(LabelRow.TYPE, where);
    var wanted = Set.copyOf(decision.ids(LabelRow.TYPE, where));
    return locked.stream().filter(label -> wanted.contains(label.id())).toList();
  }

  private static Decided deleted(Decision decision, LabelRow label) {
    var text = Pair.of(label).text();
    return decision.done(
        new LocalizedText("Delete label " + text, "删除标签 " + text),
        decision.subject("Label", label.id(), "deleteLabel", null));
  }
}
