package io.belfry.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Checks what types alone don't: that relations agree at both ends, projections name fields that
/// exist, computed fields refer to something, units and limits fit their fields, derived keys don't
/// collide. Reports everything at once.
final class SchemaValidation {
  private final Schema schema;
  private final List<String> faults = new ArrayList<>();

  private SchemaValidation(Schema schema) {
    this.schema = schema;
  }

  static List<String> faults(Schema schema) {
    var validation = new SchemaValidation(schema);
    schema.entities().values().forEach(validation::checkEntity);
    schema
        .objects()
        .values()
        .forEach(object -> validation.checkMarks(object.name(), object.fields()));
    schema.inputs().values().forEach(validation::checkInput);
    schema.operations().values().forEach(validation::checkOperation);
    return validation.faults;
  }

  private void checkEntity(Entity entity) {
    var id = entity.fields().get("id");
    if (id == null || !id.use().equals(new TypeUse(Type.Scalar.STRING, false, true))) {
      faults.add(entity.name() + ": needs a field id: String!");
    }
    for (var nested : entity.nested()) {
      if (!entity.fields().containsKey(nested)) {
        faults.add(entity.name() + ": nested names no field: " + nested);
      }
    }
    for (var field : entity.fields().values()) {
      checkField(entity, field);
    }
    checkMarks(entity.name(), entity.fields());
    checkKeys(entity);
  }

  private void checkInput(InputType input) {
    if (!schema.objects().containsKey(input.name())) {
      checkMarks(input.name(), input.fields());
    }
  }

  /// Of everything that has fields, once.
  private void checkMarks(String owner, Map<String, Field> fields) {
    var isInput = schema.inputs().containsKey(owner);
    for (var field : fields.values()) {
      var path = owner + "." + field.name();
      checkUnit(path, field, fields.get(field.unitName()));
      checkLimits(path, field, isInput);
    }
  }

  private void checkUnit(String path, Field field, @Nullable Field chooser) {
    var unit = field.marks().unit();
    if (unit.isPresent() && !field.use().isNumeric()) {
      faults.add(path + ": only numbers can have a unit");
    }
    if (field.use().isNumeric()
        && chooser != null
        && chooser.type() instanceof Type.EnumRef(var choices)) {
      var chosen = Unit.chosenFrom(choices);
      if (chosen.isPresent() && !chosen.equals(unit)) {
        faults.add(
            "%s: %s chooses a multiple of %s, the field is %s"
                .formatted(
                    path,
                    chooser.name(),
                    chosen.get(),
                    unit.map(each -> "in " + each).orElse("without a unit")));
      }
    }
  }

  private void checkLimits(String path, Field field, boolean isInput) {
    var limits = field.marks().limits();
    if (limits.isNone()) {
      return;
    }
    if (!isInput) {
      faults.add(path + ": only what is sent can have limits");
    }
    if (!limits.length().isAny() && field.type() != Type.Scalar.STRING) {
      faults.add(path + ": only a String has a length");
    }
    if (!limits.value().isAny() && !field.use().isNumeric()) {
      faults.add(path + ": only numbers have a least or greatest value");
    }
    if (!limits.items().isAny() && !field.isList()) {
      faults.add(path + ": only a list has items");
    }
    for (var range : List.of(limits.length(), limits.value(), limits.items())) {
      if (range.least() > range.most()) {
        faults.add(path + ": nothing is " + range);
      }
    }
  }

  private void checkField(Entity entity, Field field) {
    var path = entity.name() + "." + field.name();
    if (field.inverse() != null) {
      checkInverse(path, entity, field);
    }
    if (field.marks().localized() && !field.use().is(Type.Scalar.STRING)) {
      faults.add(path + ": only a String can be localized");
    }
    if (field.marks().gauge()
        && (field.use().isRelation() || field.marks().computed().isPresent())) {
      faults.add(path + ": only a stored value can be a gauge");
    }
    field.marks().computed().ifPresent(computed -> checkComputed(path, entity, computed));
  }

  private void checkInverse(String path, Entity entity, Field field) {
    if (!field.use().isRelation()) {
      faults.add(path + ": has an inverse but is no relation");
      return;
    }
    var other = schema.target(field).fields().get(field.inverse());
    if (other == null) {
      faults.add(path + ": inverse names no field: " + field.target() + "." + field.inverse());
    } else if (!other.use().isRelation() || !other.target().equals(entity.name())) {
      faults.add(path + ": inverse leads elsewhere: " + field.target() + "." + field.inverse());
    } else if (!field.name().equals(other.inverse())) {
      faults.add(path + ": inverse does not point back: " + field.target() + "." + other.name());
    }
  }

  private void checkComputed(String path, Entity entity, Computed computed) {
    switch (computed) {
      case Computed.Count(var steps, _) -> related(path, entity, steps);
      case Computed.Exists(var steps, _) -> related(path, entity, steps);
      case Computed.Sum(var steps, var summed, _) ->
          related(path, entity, steps)
              .filter(target -> !target.fields().containsKey(summed))
              .ifPresent(
                  target -> faults.add(path + ": sums no field: " + target.name() + "." + summed));
      case Computed.Formula(var terms) ->
          terms.stream()
              .filter(term -> !entity.fields().containsKey(term.replaceFirst("^-", "")))
              .forEach(term -> faults.add(path + ": formula names no field: " + term));
    }
  }

  private Optional<Entity> related(String path, Entity start, List<Computed.Step> steps) {
    var at = Optional.of(start);
    for (var step : steps) {
      at = at.flatMap(entity -> follow(entity, step));
      if (at.isEmpty()) {
        faults.add(path + ": leads nowhere at " + step);
      }
    }
    return at;
  }

  private Optional<Entity> follow(Entity from, Computed.Step step) {
    return switch (step) {
      case Computed.Step.Along(var name) ->
          from.findField(name).filter(field -> field.use().isRelation()).map(schema::target);
      case Computed.Step.Back(var name, var relation) ->
          Optional.ofNullable(schema.entities().get(name))
              .filter(entity ->
                  entity
                      .findField(relation)
                      .filter(Field::isToOne)
                      .filter(field -> field.target().equals(from.name()))
                      .isPresent());
    };
  }

  private void checkKeys(Entity entity) {
    var keys = new HashMap<String, String>();
    for (var key : Derived.filterKeys(entity)) {
      var earlier = keys.put(key.key(), key.field().name());
      if (earlier != null) {
        faults.add(
            "%s: filter key %s comes from %s and %s"
                .formatted(entity.name(), key.key(), earlier, key.field().name()));
      }
    }
  }

  private void checkOperation(Operation operation) {
    var path = "Operation." + operation.name();
    if (operation.path().isEmpty() || operation.group().isEmpty()) {
      faults.add(path + ": needs @op with a path and a group");
    }
    if (operation.http().multipart() && operation.bodyUse().isEmpty()) {
      faults.add(path + ": multipart without a body");
    }
    operation.queryUse().ifPresent(query -> checkQuery(path, query));
  }

  private void checkQuery(String path, TypeUse query) {
    if (!(query.type() instanceof Type.InputRef(var input)) || query.list()) {
      faults.add(path + ": a query must be an input");
      return;
    }
    for (var field : schema.input(input).fields().values()) {
      if (!(field.type() instanceof Type.Scalar || field.type() instanceof Type.EnumRef)) {
        faults.add("%s: %s.%s doesn't fit into an address".formatted(path, input, field.name()));
      }
    }
  }
}
