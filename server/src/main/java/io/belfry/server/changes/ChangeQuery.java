package io.belfry.server.changes;

import io.belfry.problem.Nearest;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.problem.ProblemException;
import io.belfry.schema.Schema;
import io.belfry.store.log.Change;
import io.belfry.store.log.ChangeFilter;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads which changes a request wants from its query: `?resource_type=Vm,Task&resource_id=…`.
final class ChangeQuery {
  static final String ACTION = "action";
  static final String TYPE = "resource_type";
  static final String ID = "resource_id";
  static final String START = "start_revision";
  static final String LIMIT = "limit";

  private static final int NEAREST = 3;
  private static final int MOST_VALUES = 1_000;

  private final Schema schema;
  private final Set<String> known;

  /// @param known the parameters that there are
  ChangeQuery(Schema schema, Set<String> known) {
    this.schema = schema;
    this.known = known;
  }

  /// @throws ProblemException if the query has a parameter or a value that can't be
  ChangeFilter filter(Map<String, String> query) {
    for (var name : query.keySet()) {
      if (!known.contains(name)) {
        throw refused(
            ProblemCode.UNKNOWN_FIELD, name, "there is no such parameter" + hint(name, known));
      }
    }
    var actions =
        values(query, ACTION).stream().map(ChangeQuery::action).collect(Collectors.toSet());
    return new ChangeFilter(
        actions, requireEntities(values(query, TYPE)), new HashSet<>(values(query, ID)));
  }

  /// The revision after which to begin, if the query has one.
  static Optional<Long> start(Map<String, String> query) {
    return Optional.ofNullable(query.get(START))
        .filter(text -> !text.isBlank())
        .map(text -> revision(START, text));
  }

  /// @param name where it stands
  static long revision(String name, String text) {
    return number(name, text, Long.MAX_VALUE);
  }

  static int limit(Map<String, String> query, int usual, int most) {
    return Optional.ofNullable(query.get(LIMIT))
        .filter(text -> !text.isBlank())
        .map(text -> (int) number(LIMIT, text, most))
        .orElse(usual);
  }

  private static long number(String name, String text, long most) {
    try {
      var number = Long.parseLong(text.strip());
      if (number >= 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // told below
    }
    var wanted = most == Long.MAX_VALUE ? "a whole number" : "a whole number up to " + most;
    throw refused(
        ProblemCode.OUT_OF_RANGE, name, "it is %s, and must be %s".formatted(text, wanted));
  }

  private static List<String> values(Map<String, String> query, String name) {
    var values =
        Arrays.stream(query.getOrDefault(name, "").split(","))
            .map(String::strip)
            .filter(value -> !value.isEmpty())
            .toList();
    if (values.size() > MOST_VALUES) {
      throw refused(
          ProblemCode.OUT_OF_RANGE,
          name,
          "it has %s values, and may have %s".formatted(values.size(), MOST_VALUES));
    }
    return values;
  }

  private static Change.Action action(String text) {
    return Arrays.stream(Change.Action.values())
        .filter(action -> action.name().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(() ->
            refused(
                ProblemCode.UNKNOWN_CONSTANT,
                ACTION,
                "it is %s, and must be CREATE, UPDATE or DELETE".formatted(text)));
  }

  private Set<String> requireEntities(Collection<String> names) {
    for (var name : names) {
      if (!schema.entities().containsKey(name)) {
        var hint = hint(name, schema.entities().keySet());
        throw refused(
            ProblemCode.UNKNOWN_CONSTANT, TYPE, "there is no entity %s%s".formatted(name, hint));
      }
    }
    return Set.copyOf(names);
  }

  private static String hint(String name, Collection<String> known) {
    var nearest = Nearest.names(name, known, NEAREST);
    return nearest.isEmpty() ? "" : "; did you mean " + String.join(" or ", nearest) + "?";
  }

  private static ProblemException refused(ProblemCode code, String parameter, String what) {
    return new Problem(code, "%s: %s".formatted(parameter, what), Map.of("field", parameter))
        .asException();
  }
}
