package io.belfry.recording;

import io.belfry.sdk.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How two recordings of the same program differ, such as one with CloudTower and one with Belfry.
/// The n-th call of an operation is compared with the n-th of the other recording: whether it is
/// there, its status, and the shape of its answer, which is what fields objects have and what types
/// their values are. Values themselves differ between servers and are compared only if asked for.
public final class Comparison {
  private static final String ABSENT = "nothing";

  private final boolean withValues;
  private final List<Difference> differences = new ArrayList<>();

  private Comparison(boolean withValues) {
    this.withValues = withValues;
  }

  /// Something that is not the same.
  ///
  /// @param call which call, `POST /v2/api/get-vms #2`; empty for single bodies
  /// @param place where in the answer, `[].cluster.name`; `status`, or `call`
  /// @param left what the first recording has there
  /// @param right what the second has
  public record Difference(String call, String place, String left, String right) {}

  /// Compares the shapes of two recordings.
  public static List<Difference> shapes(Recording left, Recording right) {
    return new Comparison(false).of(left, right);
  }

  /// Compares the values of two recordings.
  public static List<Difference> values(Recording left, Recording right) {
    return new Comparison(true).of(left, right);
  }

  /// Compares the values of two bodies.
  static List<Difference> values(Json left, Json right) {
    var comparison = new Comparison(true);
    comparison.compareValues("", "", left, right);
    return comparison.differences;
  }

  private List<Difference> of(Recording left, Recording right) {
    var ones = numbered(left);
    var others = numbered(right);
    var calls = new LinkedHashMap<>(ones);
    others.forEach(calls::putIfAbsent);
    for (var call : calls.keySet()) {
      var one = ones.get(call);
      var other = others.get(call);
      if (one == null || other == null) {
        var there = "status " + calls.get(call).status();
        add(call, "call", one == null ? ABSENT : there, other == null ? ABSENT : there);
      } else {
        compare(call, one, other);
      }
    }
    return differences;
  }

  private static Map<String, RecordedCall> numbered(Recording recording) {
    var counts = new TreeMap<String, Integer>();
    var calls = new LinkedHashMap<String, RecordedCall>();
    for (var call : recording.calls()) {
      var number = counts.merge(call.operation(), 1, Integer::sum);
      calls.put("%s #%s".formatted(call.operation(), number), call);
    }
    return calls;
  }

  private void compare(String call, RecordedCall left, RecordedCall right) {
    if (left.status() != right.status()) {
      add(call, "status", String.valueOf(left.status()), String.valueOf(right.status()));
    }
    if (withValues) {
      compareValues(call, "", left.answer(), right.answer());
    } else {
      compareShapes(call, new Shape(left.answer()), new Shape(right.answer()));
    }
  }

  private void compareValues(String call, String place, Json left, Json right) {
    if (left.isObject() && right.isObject()) {
      for (var field : fields(left.fields().keySet(), right.fields().keySet())) {
        var inner = place.isEmpty() ? field : place + "." + field;
        if (left.has(field) && right.has(field)) {
          compareValues(call, inner, left.get(field), right.get(field));
        } else {
          add(call, inner, shown(left, field), shown(right, field));
        }
      }
    } else if (left.isArray() && right.isArray()) {
      var count = Math.max(left.elements().size(), right.elements().size());
      for (var i = 0; i < count; i++) {
        var inner = "%s[%s]".formatted(place, i);
        if (i < left.elements().size() && i < right.elements().size()) {
          compareValues(call, inner, left.get(i), right.get(i));
        } else {
          add(call, inner, shown(left, i), shown(right, i));
        }
      }
    } else if (!left.equals(right)) {
      add(call, place.isEmpty() ? Shape.WHOLE : place, left.toString(), right.toString());
    }
  }

  private static Set<String> fields(Set<String> left, Set<String> right) {
    var fields = new LinkedHashSet<>(left);
    fields.addAll(right);
    return fields;
  }

  private static String shown(Json object, String field) {
    return object.has(field) ? object.get(field).toString() : ABSENT;
  }

  private static String shown(Json array, int index) {
    return index < array.elements().size() ? array.get(index).toString() : ABSENT;
  }

  private void compareShapes(String call, Shape left, Shape right) {
    for (var place : fields(left.types.keySet(), right.types.keySet())) {
      var one = left.types.get(place);
      var other = right.types.get(place);
      if (one == null || other == null) {
        if (left.couldHave(place) && right.couldHave(place)) {
          add(call, place, shown(one), shown(other));
        }
      } else if (!isCompatible(one, other)) {
        add(call, place, shown(one), shown(other));
      }
    }
  }

  private static String shown(@Nullable Set<String> types) {
    return types == null ? ABSENT : String.join(" or ", types);
  }

  /// Null says nothing about what else there may be.
  private static boolean isCompatible(Set<String> one, Set<String> other) {
    var types = fields(one, other);
    types.remove(Shape.NULL);
    return types.size() <= 1;
  }

  private void add(String call, String place, String left, String right) {
    differences.add(new Difference(call, place, left, right));
  }

  /// Which types of values are where. All elements of a list count as one.
  private static final class Shape {
    static final String NULL = "null";
    static final String WHOLE = "body";

    private static final String OBJECT = "object";

    private final Map<String, Set<String>> types = new LinkedHashMap<>();

    Shape(Json body) {
      add("", body);
    }

    private void add(String place, Json value) {
      types
          .computeIfAbsent(place.isEmpty() ? WHOLE : place, one -> new LinkedHashSet<>())
          .add(type(value));
      if (value.isObject()) {
        value
            .fields()
            .forEach((field, inner) -> add(place.isEmpty() ? field : place + "." + field, inner));
      } else if (value.isArray()) {
        value.elements().forEach(element -> add(place + "[]", element));
      }
    }

    /// Whether there is an object that could have this field. Where a list is empty or an object
    /// null, nothing can be told of what is in it.
    boolean couldHave(String place) {
      if (place.endsWith("[]")) {
        return false;
      }
      var dot = place.lastIndexOf('.');
      var owner = dot < 0 ? WHOLE : place.substring(0, dot);
      return types.getOrDefault(owner, Set.of()).contains(OBJECT);
    }

    private static String type(Json value) {
      if (value.isObject()) {
        return OBJECT;
      }
      if (value.isArray()) {
        return "list";
      }
      if (value.value() instanceof Number) {
        return "number";
      }
      if (value.value() instanceof Boolean) {
        return "boolean";
      }
      return value.isNull() ? NULL : "text";
    }
  }
}
