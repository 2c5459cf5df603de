package io.belfry.store.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.query.Language;
import io.belfry.schema.Field;
import io.belfry.store.row.LocalizedText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What an answer shows of the rows of a [SampleWorld].
record NaiveObjects(NaiveQueries queries) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  ObjectNode whole(SampleRow row) {
    return object(row, row.entity().shown());
  }

  private ObjectNode nested(SampleRow row) {
    var entity = row.entity();
    var names = entity.nested().isEmpty() ? List.of("id") : entity.nested();
    return object(row, names.stream().map(entity::field).toList());
  }

  private ObjectNode object(SampleRow row, List<Field> fields) {
    var object = JsonNodeFactory.instance.objectNode();
    for (var field : fields) {
      var value = field.use().isRelation() ? related(row, field) : value(row, field);
      if (value != null) {
        object.set(field.wireName(), value);
      } else if (!field.required()) {
        object.putNull(field.wireName());
      }
    }
    return object;
  }

  private @Nullable JsonNode related(SampleRow row, Field field) {
    var related =
        row.related(field.name()).stream()
            .sorted(Comparator.comparing(SampleRow::id))
            .map(this::nested)
            .toList();
    if (field.isToMany()) {
      return JsonNodeFactory.instance.arrayNode().addAll(related);
    }
    return related.isEmpty() ? null : related.getFirst();
  }

  private @Nullable JsonNode value(SampleRow row, Field field) {
    var json = JsonNodeFactory.instance;
    if (row.value(field.name()) instanceof LocalizedText(var english, var chinese)
        && queries.language() == Language.ALL) {
      return json.textNode(both(english, chinese));
    }
    var value = queries.value(row, field);
    return switch (value) {
      case null -> null;
      case JsonNode stored -> stored;
      case Instant time -> json.textNode(TIME.format(time));
      case Number number -> json.numberNode(number.doubleValue());
      case Boolean bool -> json.booleanNode(bool);
      default -> json.textNode(value.toString());
    };
  }

  private static String both(String english, String chinese) {
    var json = JsonNodeFactory.instance;
    return "{\"en-US\":%s,\"zh-CN\":%s}".formatted(json.textNode(english), json.textNode(chinese));
  }
}
