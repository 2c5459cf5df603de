package io.belfry.server.changes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.store.log.Change;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// What both ways to read changes tell of each in the same form.
final class ChangeJson {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private ChangeJson() {}

  /// A change without its values. Revisions are texts, as they may become larger than what every
  /// client's numbers hold.
  static ObjectNode head(Change change) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("revision", String.valueOf(change.revision()));
    var previous = change.previous();
    json.put("prev_revision", previous == null ? null : String.valueOf(previous));
    json.put("action", change.action().name());
    json.put("resource_type", change.subject().entity());
    json.put("resource_id", change.subject().id());
    json.put("created_at", TIME.format(change.cause().at()));
    return json;
  }
}
