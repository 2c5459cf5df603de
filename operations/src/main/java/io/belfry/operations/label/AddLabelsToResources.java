package io.belfry.operations.label;

import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.LabelRow;
import java.util.List;

/// `add-labels-to-resources`: puts labels on objects of many kinds; those that have them keep them.
final class AddLabelsToResources implements Mutation {
  @Override
  public String path() {
    return "add-labels-to-resources";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var labelling = Labelling.of(decision);
    labelling.forEach(
        (label, relation, ids) -> decision.transaction().link(LabelRow.TYPE, relation, label, ids));
    return labelling.done(
        new LocalizedText("Add label %s to resources", "为资源添加标签 %s"), "addLabelsToResources");
  }
}
