package io.belfry.operations.label;

import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import io.belfry.operations.input.Params;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.LabelEdit;
import io.belfry.store.rows.LabelRow;
import java.util.ArrayList;
import java.util.List;

/// `update-label`: gives labels another key or value; objects keep them. A value of null takes the
/// value away.
final class UpdateLabel implements Mutation {
  @Override
  public String path() {
    return "update-label";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var labels = decision.lock(LabelRow.TYPE, decision.body().object("where"));
    var data = decision.body().object("data");
    Pair.reserve(decision, labels.stream().map(label -> changed(label, data)).toList());
    var decided = new ArrayList<Decided>();
    for (var label : labels) {
      decided.add(update(decision, label, data));
    }
    return decided;
  }

  private static Decided update(Decision decision, LabelRow label, Params data) {
    var pair = changed(label, data);
    pair.requireFree(decision, label.id(), data);
    decision.transaction().update(label.id(), LabelEdit.edit().key(pair.key()).value(pair.value()));
    var before = Pair.of(label).text();
    return decision.done(
        new LocalizedText("Edit label " + before, "编辑标签 " + before),
        decision.subject("Label", label.id(), "updateLabel", null));
  }

  private static Pair changed(LabelRow label, Params data) {
    return new Pair(
        data.optionalText("key").orElse(label.key()),
        data.has("value") ? data.textOrNull("value") : label.value());
  }
}
