package io.belfry.schema;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Where each relation of the schema is kept: in the row itself, in the related rows, or as pairs
/// of ids. Decided once, from the shape of both ends. Immutable.
public final class Relations {
  private final Map<End, Link> links;
  private final List<Pairs> pairs;

  private Relations(Map<End, Link> links, List<Pairs> pairs) {
    this.links = Map.copyOf(links);
    this.pairs = List.copyOf(pairs);
  }

  /// How one end of a relation finds the other.
  public sealed interface Link {
    /// The row holds the related row's id.
    record Own() implements Link {}

    /// The related rows hold this row's id in their relation `field`.
    record Inverse(Field field) implements Link {}

    /// A row of `pairs` for each related object; `forward` if this end is the pair's first.
    record Paired(Pairs pairs, boolean forward) implements Link {}
  }

  /// A many-to-many relation, named after the end that comes first in the alphabet.
  public record Pairs(String entity, String field, String other) implements Comparable<Pairs> {
    private static final Comparator<Pairs> ORDER =
        Comparator.comparing(Pairs::entity).thenComparing(Pairs::field);

    @Override
    public int compareTo(Pairs that) {
      return ORDER.compare(this, that);
    }
  }

  private record End(String entity, String field) {
    String path() {
      return entity + "." + field;
    }
  }

  public static Relations of(Schema schema) {
    var links = new HashMap<End, Link>();
    var pairs = new TreeSet<Pairs>();
    for (var entity : schema.entities().values()) {
      for (var field : entity.fields().values()) {
        if (field.use().isRelation()) {
          var link = link(schema, entity, field);
          links.put(new End(entity.name(), field.name()), link);
          if (link instanceof Link.Paired(var pair, _)) {
            pairs.add(pair);
          }
        }
      }
    }
    return new Relations(links, List.copyOf(pairs));
  }

  /// How a relation of an entity is kept.
  ///
  /// @throws IllegalArgumentException if the field is no relation of the entity
  public Link link(Entity entity, Field field) {
    var link = links.get(new End(entity.name(), field.name()));
    if (link == null) {
      throw new IllegalArgumentException(entity.name() + "." + field.name() + " is no relation");
    }
    return link;
  }

  /// Whether rows of the entity hold the related row's id themselves.
  public boolean isOwn(Entity entity, Field field) {
    return field.isToOne() && link(entity, field) instanceof Link.Own;
  }

  /// All many-to-many relations, sorted.
  public List<Pairs> pairs() {
    return pairs;
  }

  private static Link link(Schema schema, Entity entity, Field field) {
    var inverse = Optional.ofNullable(field.inverse()).map(schema.target(field)::field);
    if (field.isToOne()) {
      return inverse
          .filter(other -> other.isToOne() && !owns(entity, field, other))
          .<Link>map(Link.Inverse::new)
          .orElseGet(Link.Own::new);
    }
    return inverse
        .filter(Field::isToOne)
        .<Link>map(Link.Inverse::new)
        .orElseGet(() -> paired(entity, field, inverse));
  }

  /// Of a one-to-one relation, the end that is required keeps it; else the one last in the
  /// alphabet.
  private static boolean owns(Entity entity, Field field, Field other) {
    if (field.required() != other.required()) {
      return field.required();
    }
    var here = new End(entity.name(), field.name()).path();
    return here.compareTo(new End(field.target(), other.name()).path()) >= 0;
  }

  private static Link paired(Entity entity, Field field, Optional<Field> inverse) {
    var here = new End(entity.name(), field.name());
    var there = inverse.map(other -> new End(field.target(), other.name()));
    var forward = there.isEmpty() || here.path().compareTo(there.get().path()) <= 0;
    var first = forward ? here : there.get();
    var second = forward ? field.target() : entity.name();
    return new Link.Paired(new Pairs(first.entity(), first.field(), second), forward);
  }
}
