package io.belfry.operations.label;

import io.belfry.operations.Decision;
import io.belfry.operations.Mutation.Decided;
import io.belfry.operations.input.Params;
import io.belfry.schema.Entity;
import io.belfry.schema.Type;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.LabelRow;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// All labels that a request selects, with all objects of each kind that it selects.
///
/// @param resources the ids of the objects, by the label's relation to them: `vms`, `hosts`
record Labelling(Decision decision, List<LabelRow> labels, Map<String, List<String>> resources) {

  static Labelling of(Decision decision) {
    var labels = decision.lock(LabelRow.TYPE, decision.body().object("where"));
    return new Labelling(decision, labels, resources(decision, decision.body().object("data")));
  }

  /// @param data its keys are the label's relations; null selects nothing, as an absent one does
  private static Map<String, List<String>> resources(Decision decision, Params data) {
    var selected = new TreeMap<String, List<String>>();
    data.json()
        .fieldNames()
        .forEachRemaining(relation ->
            data.optionalObject(relation)
                .map(where -> decision.holdIds(entity(decision, relation), where))
                .ifPresent(ids -> selected.put(relation, ids)));
    return selected;
  }

  private static Entity entity(Decision decision, String relation) {
    var schema = decision.transaction().layout().schema();
    var type = schema.entity(LabelRow.TYPE.entity()).field(relation).use().type();
    if (type instanceof Type.EntityRef(var name)) {
      return schema.entity(name);
    }
    throw new IllegalStateException("Label.%s leads to no entity".formatted(relation));
  }

  /// Does something with each label and the objects that each of its relations leads to.
  void forEach(Change change) {
    for (var label : labels) {
      resources.forEach((relation, ids) -> change.make(label.id(), relation, ids));
    }
  }

  interface Change {
    void make(String label, String relation, List<String> ids);
  }

  /// Shows a task for each label.
  ///
  /// @param text with `%s` for the label
  List<Decided> done(LocalizedText text, String mutation) {
    return labels.stream().map(label -> done(label, text, mutation)).toList();
  }

  private Decided done(LabelRow label, LocalizedText text, String mutation) {
    var pair = Pair.of(label).text();
    return decision.done(
        new LocalizedText(text.enUs().formatted(pair), text.zhCn().formatted(pair)),
        decision.subject("Label", label.id(), mutation, null));
  }
}
