package io.belfry.datacenter.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.problem.Nearest;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.problem.ProblemException;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// A JSON object that somebody gives, read strictly: what doesn't fit is refused, with its place,
/// its value and what would be right. A key that is null counts as absent.
///
/// @param path where the object stands, for messages
public record Given(String path, JsonNode json) {
  private static final int NEAREST = 3;
  private static final int LIST_LIMIT = 1_000;
  private static final int SHOWN = 60;

  /// @throws ProblemException if it is no object
  public Given {
    if (!json.isObject()) {
      throw refused(
          ProblemCode.WRONG_TYPE,
          path,
          "%s must be an object, { … }, not %s".formatted(path, shown(json)));
    }
  }

  /// Refuses other keys than these.
  public void requireKeys(Collection<String> known) {
    for (var key : (Iterable<String>) json::fieldNames) {
      if (!known.contains(key)) {
        var nearest = Nearest.names(key, known, NEAREST);
        var hint = nearest.isEmpty() ? String.join(", ", known) : String.join(" or ", nearest);
        throw new Problem(
                ProblemCode.UNKNOWN_FIELD,
                "%s has no field %s; known are %s".formatted(path, key, hint),
                Map.of("field", at(key), "nearest", nearest))
            .asException();
      }
    }
  }

  /// One of some words.
  public Optional<String> word(String key, List<String> allowed) {
    return present(key).map(value -> word(at(key), value, allowed));
  }

  /// One of some words, which must be there.
  public String requiredWord(String key, List<String> allowed) {
    return word(key, allowed)
        .orElseThrow(() ->
            refused(
                ProblemCode.MISSING_FIELD,
                at(key),
                "%s is missing: it must be one of %s"
                    .formatted(at(key), String.join(", ", allowed))));
  }

  /// A list of some words; empty if it is absent.
  public Set<String> words(String key, Collection<String> allowed) {
    var words = new LinkedHashSet<String>();
    var list = list(key);
    for (var i = 0; i < list.size(); i++) {
      words.add(word("%s[%s]".formatted(at(key), i), list.get(i), allowed));
    }
    return words;
  }

  /// A list of texts; empty if it is absent.
  public Set<String> texts(String key) {
    var texts = new LinkedHashSet<String>();
    var list = list(key);
    for (var i = 0; i < list.size(); i++) {
      var value = list.get(i);
      if (!value.isTextual() || value.textValue().isBlank()) {
        throw wrongType("%s[%s]".formatted(at(key), i), value, "a text");
      }
      texts.add(value.textValue());
    }
    return texts;
  }

  /// A whole number.
  public OptionalLong whole(String key, long least, long most) {
    var value = present(key);
    if (value.isEmpty()) {
      return OptionalLong.empty();
    }
    var wanted = "a whole number from %s to %s".formatted(least, most);
    if (!value.get().isIntegralNumber() || !value.get().canConvertToLong()) {
      throw wrongType(at(key), value.get(), wanted);
    }
    var number = value.get().longValue();
    if (number < least || number > most) {
      throw outOfRange(key, wanted);
    }
    return OptionalLong.of(number);
  }

  /// A whole number that must be there.
  public long requiredWhole(String key, long least, long most) {
    return whole(key, least, most)
        .orElseThrow(() ->
            refused(
                ProblemCode.MISSING_FIELD,
                at(key),
                "%s is missing: it must be a whole number from %s to %s"
                    .formatted(at(key), least, most)));
  }

  /// A number above 0, at most 1.
  public Optional<Double> share(String key) {
    return present(key)
        .map(value -> {
          var wanted = "a number above 0, at most 1";
          if (!value.isNumber()) {
            throw wrongType(at(key), value, wanted);
          }
          var number = value.decimalValue();
          if (number.signum() <= 0 || number.compareTo(BigDecimal.ONE) > 0) {
            throw outOfRange(key, wanted);
          }
          return number.doubleValue();
        });
  }

  /// An object within this one.
  public Optional<Given> object(String key) {
    return present(key).map(value -> new Given(at(key), value));
  }

  public boolean has(String key) {
    return present(key).isPresent();
  }

  /// A refusal of the value of a key.
  public ProblemException outOfRange(String key, String wanted) {
    return refused(
        ProblemCode.OUT_OF_RANGE,
        at(key),
        "%s must be %s, not %s".formatted(at(key), wanted, shown(json.path(key))));
  }

  private List<JsonNode> list(String key) {
    var value = present(key);
    if (value.isEmpty()) {
      return List.of();
    }
    if (!value.get().isArray()) {
      throw wrongType(at(key), value.get(), "a list");
    }
    if (value.get().size() > LIST_LIMIT) {
      throw outOfRange(key, "a list of at most %s elements".formatted(LIST_LIMIT));
    }
    return List.copyOf(value.get().valueStream().toList());
  }

  private static String word(String path, JsonNode value, Collection<String> allowed) {
    if (value.isTextual() && allowed.contains(value.textValue())) {
      return value.textValue();
    }
    var nearest = Nearest.names(value.asText(), allowed, NEAREST);
    var wanted =
        nearest.isEmpty() && allowed.size() <= LIST_LIMIT / 10
            ? "one of " + String.join(", ", allowed)
            : "a known name" + (nearest.isEmpty() ? "" : ", like " + String.join(" or ", nearest));
    throw new Problem(
            ProblemCode.UNKNOWN_CONSTANT,
            "%s must be %s, not %s".formatted(path, wanted, shown(value)),
            Map.of("field", path, "nearest", nearest))
        .asException();
  }

  private Optional<JsonNode> present(String key) {
    return Optional.ofNullable(json.get(key)).filter(value -> !value.isNull());
  }

  private String at(String key) {
    return path + "." + key;
  }

  private static ProblemException wrongType(String path, JsonNode value, String wanted) {
    return refused(
        ProblemCode.WRONG_TYPE,
        path,
        "%s must be %s, not %s".formatted(path, wanted, shown(value)));
  }

  private static ProblemException refused(ProblemCode code, String path, String message) {
    return new Problem(code, message, Map.of("field", path)).asException();
  }

  private static String shown(JsonNode value) {
    var text = value.isMissingNode() ? "nothing" : value.toString();
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
