package io.belfry.codegen.cli;

import io.belfry.schema.Operation;
import io.belfry.schema.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What each operation is called as a command: a group and a verb. `start-vm` is `vm start`.
final class Verbs {
  private static final String LIST = "list";
  private static final String COUNT = "count";

  private final Schema schema;

  Verbs(Schema schema) {
    this.schema = schema;
  }

  /// The groups, and in each the operations by verb.
  SortedMap<String, SortedMap<String, Operation>> groups() {
    return schema.operations().values().stream()
        .collect(Collectors.groupingBy(Verbs::group, TreeMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                group -> verbs(group.getKey(), group.getValue()),
                (one, other) -> one,
                TreeMap::new));
  }

  static String group(Operation operation) {
    return operation.group().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  /// Where two would be called the same, both keep their paths.
  private SortedMap<String, Operation> verbs(String group, List<Operation> operations) {
    var candidates = new LinkedHashMap<String, List<Operation>>();
    for (var operation : operations) {
      candidates.computeIfAbsent(verb(group, operation), _ -> new ArrayList<>()).add(operation);
    }
    var verbs = new TreeMap<String, Operation>();
    candidates.forEach((verb, same) ->
        same.forEach(each -> verbs.put(same.size() == 1 ? verb : each.path(), each)));
    return verbs;
  }

  private String verb(String group, Operation operation) {
    return switch (operation.kind()) {
      case Operation.Kind.Listing(var entity) ->
          isNamedAfter(operation, entity) ? LIST : operation.path();
      case Operation.Kind.Counting(var entity) ->
          isNamedAfter(operation, entity) ? COUNT : operation.path();
      case Operation.Kind.Custom _ -> withoutGroup(group, operation.path());
    };
  }

  private static boolean isNamedAfter(Operation operation, String entity) {
    return operation.group().equals(entity);
  }

  /// `update-vm-owner` in the group `vm` → `update-owner`. But `delete-vm-vlan` stays what it is:
  /// without the group it would read like another operation.
  private String withoutGroup(String group, String path) {
    var words = List.of(path.split("-"));
    for (var noun : List.of(group + "s", group)) {
      var names = List.of(noun.split("-"));
      var start = Collections.indexOfSubList(words, names);
      if (start >= 0 && names.size() < words.size()) {
        var rest = new ArrayList<>(words);
        rest.subList(start, start + names.size()).clear();
        var verb = String.join("-", rest);
        return schema.operations().containsKey(verb) ? path : verb;
      }
    }
    return path;
  }
}
