package io.belfry.datacenter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// The JSON that rows hold inside, and its reading.
final class Json {
  /// Shared: never added to.
  static final JsonNode NONE = list();

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ArrayNode list() {
    return JsonNodeFactory.instance.arrayNode();
  }

  static ArrayNode list(Collection<? extends JsonNode> items) {
    return list().addAll(items);
  }

  static ArrayNode texts(String... texts) {
    return texts(List.of(texts));
  }

  static ArrayNode texts(Collection<String> texts) {
    var list = list();
    texts.forEach(list::add);
    return list;
  }

  /// Adds a text, unless there is none.
  static void putUnlessNull(ObjectNode json, String name, @Nullable String text) {
    if (text != null) {
      json.put(name, text);
    }
  }

  /// The text with this name.
  ///
  /// @throws IllegalArgumentException if there is none
  static String text(JsonNode json, String name) {
    var text = json.required(name).textValue();
    if (text == null) {
      throw new IllegalArgumentException("%s must be a text: %s".formatted(name, json));
    }
    return text;
  }

  static List<String> texts(JsonNode list) {
    return list(list, JsonNode::textValue);
  }

  static <T> List<T> list(JsonNode list, Function<JsonNode, T> reader) {
    return StreamSupport.stream(list.spliterator(), false).map(reader).toList();
  }

  static ObjectNode cpu(int sockets, int coresPerSocket) {
    return object().put("cores", coresPerSocket).put("sockets", sockets);
  }
}
