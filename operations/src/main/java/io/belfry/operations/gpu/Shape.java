package io.belfry.operations.gpu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.operations.Question;
import io.belfry.schema.Field;
import java.util.List;

/// A shape of an answer that has most of an entity's fields, by the same names.
///
/// @param fields what it has
record Shape(List<String> fields) {
  Shape {
    fields = List.copyOf(fields);
  }

  static Shape of(Question question, String object) {
    var type = question.tools().store().layout().schema().object(object);
    return new Shape(type.fields().values().stream().map(Field::wireName).toList());
  }

  /// An object's part that this shape has.
  ObjectNode partOf(JsonNode object) {
    var part = JsonNodeFactory.instance.objectNode();
    for (var field : fields) {
      if (object.has(field)) {
        part.set(field, object.get(field));
      }
    }
    return part;
  }
}
