package io.belfry.operations.input;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// The parameters of an operation, or a part of them, after [BodyCheck]: every value has its type,
/// and what is required is there.
///
/// @param path where in the body they stand, for messages
public record Params(String path, JsonNode json) {

  /// Whether the key was sent, be it with null.
  public boolean has(String key) {
    return json.has(key);
  }

  public String text(String key) {
    return json.required(key).textValue();
  }

  public Optional<String> optionalText(String key) {
    return present(key).map(JsonNode::textValue);
  }

  public @Nullable String textOrNull(String key) {
    return json.path(key).textValue();
  }

  public boolean flag(String key, boolean otherwise) {
    return json.path(key).asBoolean(otherwise);
  }

  public Optional<Boolean> optionalFlag(String key) {
    return present(key).map(JsonNode::booleanValue);
  }

  public OptionalInt optionalInt(String key) {
    var value = present(key);
    return value.isPresent() ? OptionalInt.of(value.get().intValue()) : OptionalInt.empty();
  }

  public int intValue(String key) {
    return json.required(key).intValue();
  }

  public OptionalLong optionalLong(String key) {
    var value = present(key);
    return value.isPresent() ? OptionalLong.of(value.get().longValue()) : OptionalLong.empty();
  }

  /// A number in its base unit, such as bytes: `key` times what `<key>_unit` names, if it is there.
  public OptionalLong inBaseUnit(String key) {
    var given = optionalLong(key);
    if (given.isEmpty()) {
      return given;
    }
    var factor = optionalText(key + "_unit").map(ChosenUnits::factor).orElse(1L);
    return OptionalLong.of(Math.multiplyExact(given.getAsLong(), factor));
  }

  /// The object at this key; empty parameters if it was not sent.
  public Params object(String key) {
    return new Params(path + "." + key, json.path(key));
  }

  public Optional<Params> optionalObject(String key) {
    return present(key).map(value -> new Params(path + "." + key, value));
  }

  /// The objects of the list at this key; none if it was not sent.
  public List<Params> objects(String key) {
    return new Params(path + "." + key, json.path(key)).elements();
  }

  /// The objects of this list.
  public List<Params> elements() {
    return IntStream.range(0, json.size())
        .mapToObj(i -> new Params(path + "[" + i + "]", json.get(i)))
        .toList();
  }

  public List<String> texts(String key) {
    return StreamSupport.stream(json.path(key).spliterator(), false)
        .map(JsonNode::textValue)
        .toList();
  }

  public List<Integer> ints(String key) {
    return StreamSupport.stream(json.path(key).spliterator(), false)
        .map(JsonNode::intValue)
        .toList();
  }

  /// A refusal that names a key of these parameters.
  public ProblemException refused(ProblemCode code, String key, String message) {
    return new Problem(code, message, Map.of("field", path + "." + key)).asException();
  }

  private Optional<JsonNode> present(String key) {
    return Optional.ofNullable(json.get(key)).filter(value -> !value.isNull());
  }
}
