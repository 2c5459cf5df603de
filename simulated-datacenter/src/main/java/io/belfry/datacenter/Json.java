package io.belfry.datacenter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;

/// The JSON that rows hold inside.
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

  static ObjectNode cpu(int sockets, int coresPerSocket) {
    return object().put("cores", coresPerSocket).put("sockets", sockets);
  }
}
