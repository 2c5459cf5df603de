package io.belfry.cli.where;

import io.belfry.cli.catalogue.Catalogue;
import io.belfry.cli.catalogue.Definition;
import io.belfry.cli.catalogue.Field;
import io.belfry.cli.catalogue.Nearest;
import io.belfry.cli.catalogue.TypeUse;
import io.belfry.cli.shell.Failure;
import io.belfry.sdk.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Reads conditions as people write them and turns them into the API's filter:
///
/// ```
/// status = RUNNING and vcpu > 4 and cluster.name = "c1"
/// not (name starts_with web or name in (a, b)) and memory >= 4GiB
/// vm_disks.size > 100GiB        (some disk)       every vm_disks (size > 100GiB)
/// host is null and created_at > now-7d
/// ```
public final class Where {
  private static final Map<String, String> COMPARISONS =
      Map.of("=", "", "!=", "_not", "<", "_lt", "<=", "_lte", ">", "_gt", ">=", "_gte");
  private static final List<String> WORD_OPERATORS =
      List.of("contains", "starts_with", "ends_with", "in");
  private static final List<String> QUANTIFIERS = List.of("every", "some", "none");

  private final Catalogue catalogue;
  private final Tokens tokens;
  private final Literals literals;

  private Where(Catalogue catalogue, String text, Instant now) {
    this.catalogue = catalogue;
    this.tokens = Tokens.of(text);
    this.literals = new Literals(catalogue, tokens, now);
  }

  /// The API's filter for a condition.
  ///
  /// @param text a condition, or the filter itself as JSON
  /// @param entity of which objects the condition speaks
  /// @param now what times such as `now-7d` count from
  /// @throws Failure if it can't be understood; the message points at the place
  public static Json parse(Catalogue catalogue, String text, Definition entity, Instant now) {
    if (text.stripLeading().startsWith("{")) {
      return json(text);
    }
    var where = new Where(catalogue, text, now);
    var condition = where.either(entity);
    if (!where.tokens.atEnd()) {
      throw where.tokens.wrong("expected 'and', 'or' or the end");
    }
    return condition;
  }

  private static Json json(String text) {
    try {
      return Json.parse(text);
    } catch (IllegalArgumentException broken) {
      throw Failure.usage("the filter is no JSON: " + broken.getMessage());
    }
  }

  private Json either(Definition entity) {
    var parts = new ArrayList<>(List.of(all(entity)));
    while (tokens.skip("or")) {
      parts.add(all(entity));
    }
    return parts.size() == 1 ? parts.get(0) : Json.object("OR", parts);
  }

  private Json all(Definition entity) {
    var parts = new ArrayList<>(List.of(one(entity)));
    while (tokens.skip("and")) {
      parts.add(one(entity));
    }
    return parts.size() == 1 ? parts.get(0) : Json.object("AND", parts);
  }

  private Json one(Definition entity) {
    if (tokens.skip("not")) {
      return Json.object("NOT", List.of(one(entity)));
    }
    if (tokens.skip("(")) {
      var inner = either(entity);
      tokens.expect(")");
      return inner;
    }
    for (var quantifier : QUANTIFIERS) {
      if (tokens.skip(quantifier)) {
        return quantified(quantifier, entity);
      }
    }
    var path = tokens.word("a field");
    return along(List.of(path.text().split("\\.", -1)), path, entity);
  }

  private Json quantified(String quantifier, Definition entity) {
    var name = tokens.word("a relation");
    var field = field(name.text(), name, entity);
    if (!field.filter().operators().contains("_" + quantifier)) {
      throw tokens.wrong(name, "'%s' is not a relation to many".formatted(name.text()));
    }
    tokens.expect("(");
    var inner = either(catalogue.definition(field.type()));
    tokens.expect(")");
    return Json.object(field.name() + "_" + quantifier, inner);
  }

  /// A condition on the last field of a path: `cluster.name`. A relation to many on the way means
  /// that some object of these meets the condition.
  private Json along(List<String> path, Tokens.Token at, Definition entity) {
    var field = field(path.get(0), at, entity);
    if (path.size() == 1) {
      return comparison(field, at);
    }
    if (!field.type().is(TypeUse.Kind.ENTITY)) {
      throw tokens.wrong(
          at, "'%s' is no relation, nothing can be asked of it".formatted(field.name()));
    }
    var key = field.type().many() ? field.name() + "_some" : field.name();
    var rest = along(path.subList(1, path.size()), at, catalogue.definition(field.type()));
    return Json.object(key, rest);
  }

  private Field field(String name, Tokens.Token at, Definition entity) {
    return entity
        .field(name)
        .orElseThrow(() ->
            tokens.wrong(
                at,
                "%s has no field '%s'%s"
                    .formatted(
                        entity.name(),
                        name,
                        Nearest.question(
                            name, entity.fields().stream().map(Field::name).toList()))));
  }

  private Json comparison(Field field, Tokens.Token at) {
    if (tokens.skip("is")) {
      var not = tokens.skip("not");
      tokens.expect("null");
      return isNull(field, not, at);
    }
    if (field.filter().operators().isEmpty()) {
      throw tokens.wrong(at, "'%s' can't be used in conditions".formatted(field.name()));
    }
    if (field.type().is(TypeUse.Kind.ENTITY)) {
      throw tokens.wrong(
          at,
          "'%1$s' is a relation: ask for a field of it, such as %1$s.name, or 'is null'"
              .formatted(field.name()));
    }
    var negated = tokens.skip("not");
    var operator =
        tokens.next("an operator: =, !=, <, <=, >, >=, in, contains, starts_with, ends_with, is");
    var word = operator.text().toLowerCase(Locale.ROOT);
    var isWord = WORD_OPERATORS.contains(word);
    if (!isWord && (negated || !COMPARISONS.containsKey(word))) {
      throw tokens.wrong(operator, "'%s' is no operator".formatted(operator.text()));
    }
    var suffix = isWord ? (negated ? "_not_" : "_") + word : COMPARISONS.getOrDefault(word, "");
    if (!field.filter().operators().contains(suffix)) {
      throw tokens.wrong(operator, "'%s' can't be compared by '%s'".formatted(field.name(), word));
    }
    var value = word.equals("in") ? literals.list(field) : literals.one(field);
    return Json.object(field.name() + suffix, value);
  }

  private Json isNull(Field field, boolean not, Tokens.Token at) {
    if (field.type().many()) {
      throw tokens.wrong(
          at, "'%1$s' is never null: ask for 'none %1$s (id != \"\")'".formatted(field.name()));
    }
    if (not && field.type().is(TypeUse.Kind.ENTITY)) {
      return Json.object("NOT", List.of(Json.object(field.name(), Json.NULL)));
    }
    return Json.object(field.name() + (not ? "_not" : ""), Json.NULL);
  }
}
