package io.belfry.operations.label;

import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import io.belfry.operations.input.Params;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.LabelEdit;
import java.util.ArrayList;
import java.util.List;

/// `create-label`: creates labels that no object has yet.
final class CreateLabel implements Mutation {
  @Override
  public String path() {
    return "create-label";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var elements = decision.body().elements();
    Pair.reserve(decision, elements.stream().map(CreateLabel::pair).toList());
    var decided = new ArrayList<Decided>();
    for (var params : elements) {
      decided.add(create(decision, params));
    }
    return decided;
  }

  private static Decided create(Decision decision, Params params) {
    var pair = pair(params);
    var id = decision.tools().ids().cuid();
    pair.requireFree(decision, id, params);
    decision
        .transaction()
        .insert(
            LabelEdit.edit()
                .id(id)
                .key(pair.key())
                .value(pair.value())
                .createdAt(decision.tools().clock().instant()));
    return decision.done(
        new LocalizedText("Create label " + pair.text(), "创建标签 " + pair.text()),
        decision.subject("Label", id, "createLabel", null));
  }

  private static Pair pair(Params params) {
    return new Pair(params.text("key"), params.textOrNull("value"));
  }
}
