package io.belfry.query;

import io.belfry.query.Condition.Compare;
import io.belfry.query.Condition.Comparison;
import io.belfry.query.Condition.In;
import io.belfry.query.Condition.IsNull;
import io.belfry.query.Condition.Related;
import io.belfry.schema.Entity;
import io.belfry.schema.Field;
import io.belfry.schema.Schema;
import java.util.Collection;
import java.util.List;

/// Builds conditions over one entity in our own code. A name that the schema lacks, or a value of a
/// wrong type, is a bug and throws [IllegalArgumentException].
///
/// ```java
/// var vms = Conditions.over(schema, "Vm");
/// vms.is("in_recycle_bin", false).and(vms.relatedTo("host", hostIds));
/// ```
public record Conditions(Schema schema, Entity entity) {

  public static Conditions over(Schema schema, String entity) {
    return new Conditions(schema, schema.entity(entity));
  }

  public Condition idIn(Collection<String> ids) {
    return in("id", ids);
  }

  public Condition idIs(String id) {
    return is("id", id);
  }

  public Condition is(String field, Object value) {
    return compare(field, Comparison.EQUAL, value);
  }

  public Condition compare(String field, Comparison comparison, Object value) {
    var known = comparable(field);
    return new Compare(known, comparison, Literals.checked(schema, known, value));
  }

  public Condition in(String field, Collection<?> values) {
    var known = comparable(field);
    return new In(
        known, values.stream().map(value -> Literals.checked(schema, known, value)).toList());
  }

  public Condition isNull(String field) {
    return new IsNull(comparable(field));
  }

  /// A related row matches.
  ///
  /// @param condition over the related entity
  public Condition some(String relation, Condition condition) {
    return new Related(relation(relation), condition);
  }

  /// Any row is related.
  public Condition some(String relation) {
    return some(relation, Condition.everything());
  }

  /// One of these rows is related.
  public Condition relatedTo(String relation, Collection<String> ids) {
    var target = schema.target(relation(relation));
    return some(relation, new Conditions(schema, target).idIn(ids));
  }

  public Condition relatedTo(String relation, String id) {
    return relatedTo(relation, List.of(id));
  }

  private Field comparable(String name) {
    var field = entity.field(name);
    if (!field.use().isComparable()) {
      throw new IllegalArgumentException(entity.name() + "." + name + " can't be compared");
    }
    return field;
  }

  private Field relation(String name) {
    var field = entity.field(name);
    if (!field.use().isRelation()) {
      throw new IllegalArgumentException(entity.name() + "." + name + " is no relation");
    }
    return field;
  }
}
