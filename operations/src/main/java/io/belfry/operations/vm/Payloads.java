package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.StreamSupport;

/// Payloads of tasks.
final class Payloads {
  private Payloads() {}

  static ObjectNode empty() {
    return JsonNodeFactory.instance.objectNode();
  }

  /// For changes whose tasks need to know nothing but their VM.
  static List<ObjectNode> emptyForEach(List<VmChange.Target> targets) {
    return targets.stream().map(_ -> empty()).toList();
  }

  /// Writes a list of texts.
  static void putAll(ObjectNode payload, String key, List<String> texts) {
    texts.forEach(payload.putArray(key)::add);
  }

  /// Reads a list of texts; an absent one is empty.
  static List<String> texts(JsonNode payload, String key) {
    return StreamSupport.stream(payload.path(key).spliterator(), false)
        .map(JsonNode::textValue)
        .toList();
  }
}
