package io.belfry.store.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.belfry.query.Language;
import io.belfry.query.layout.Column;
import io.belfry.query.layout.Layout;
import io.belfry.query.layout.SqlType;
import io.belfry.query.layout.Table;
import io.belfry.schema.Entity;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Shows values from the revision log as the API shows objects: fields by their names, related
/// objects with their ids, texts in a language. Fields that are computed at reading are not among
/// them. Immutable.
public final class ChangeObjects {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Layout layout;
  private final Map<String, Map<String, Column>> columns = new HashMap<>();

  public ChangeObjects(Layout layout) {
    this.layout = layout;
    for (var table : layout.tables()) {
      columns.put(table.entity().name(), byName(table));
    }
  }

  private static Map<String, Column> byName(Table table) {
    var byName = new HashMap<String, Column>();
    table.columns().forEach(column -> byName.put(column.name(), column));
    return byName;
  }

  /// The object, or the part of one, that a change tells of.
  ///
  /// @param stored as in [Change.Stored]; nothing if it is null
  public Optional<ObjectNode> show(String entity, @Nullable String stored, Language language) {
    if (stored == null || !columns.containsKey(entity)) {
      return Optional.empty();
    }
    var shown = NODES.objectNode();
    for (var entry : json(stored).properties()) {
      show(shown, layout.table(entity).entity(), entry, language);
    }
    return Optional.of(shown);
  }

  private void show(
      ObjectNode shown, Entity entity, Map.Entry<String, JsonNode> entry, Language language) {
    var column = columns.getOrDefault(entity.name(), Map.of()).get(entry.getKey());
    if (column == null) {
      showPairs(shown, entity, entry);
      return;
    }
    var field = column.field();
    if (field.marks().localized()) {
      showText(shown, column, entry.getValue(), language);
    } else {
      shown.set(field.wireName(), value(column, entry.getValue()));
    }
  }

  /// A relation that is kept in pairs, or what an older version of Belfry knew.
  private static void showPairs(
      ObjectNode shown, Entity entity, Map.Entry<String, JsonNode> entry) {
    var relation = entity.fields().get(entry.getKey());
    if (relation != null && relation.isToMany()) {
      var objects = shown.putArray(relation.wireName());
      entry.getValue().forEach(id -> objects.addObject().set("id", id));
    }
  }

  private static void showText(ObjectNode shown, Column column, JsonNode text, Language language) {
    var name = column.field().wireName();
    var isEnglish = column.name().equals(column.field().name());
    switch (language) {
      case EN_US -> showIf(isEnglish, shown, name, text);
      case ZH_CN -> showIf(!isEnglish, shown, name, text);
      case ALL -> {
        var both =
            shown.path(name).isTextual() ? json(shown.path(name).textValue()) : NODES.objectNode();
        both.set((isEnglish ? Language.EN_US : Language.ZH_CN).tag(), text);
        shown.set(name, TextNode.valueOf(both.toString()));
      }
    }
  }

  private static void showIf(boolean wanted, ObjectNode shown, String name, JsonNode text) {
    if (wanted) {
      shown.set(name, text);
    }
  }

  private static JsonNode value(Column column, JsonNode stored) {
    if (stored.isNull()) {
      return stored;
    }
    if (column.references() != null) {
      return NODES.objectNode().set("id", stored);
    }
    return column.type() == SqlType.TIMESTAMP
        ? TextNode.valueOf(TIME.format(OffsetDateTime.parse(stored.textValue())))
        : stored;
  }

  private static ObjectNode json(String text) {
    try {
      return (ObjectNode) JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the revision log holds no JSON: " + text, e);
    }
  }
}
