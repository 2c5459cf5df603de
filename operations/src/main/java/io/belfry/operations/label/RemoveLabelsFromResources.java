package io.belfry.operations.label;

import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.LabelRow;
import java.util.List;

/// `remove-labels-from-resources`: takes labels off objects of many kinds.
final class RemoveLabelsFromResources implements Mutation {
  @Override
  public String path() {
    return "remove-labels-from-resources";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var labelling = Labelling.of(decision);
    labelling.forEach((label, relation, ids) ->
        decision.transaction().unlink(LabelRow.TYPE, relation, label, ids));
    return labelling.done(
        new LocalizedText("Remove label %s from resources", "从资源移除标签 %s"),
        "removeLabelsFromResources");
  }
}
