package io.belfry.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;

/// On whose behalf rows change.
///
/// @param task the id of the task that changes them; empty if none does
/// @param user the id of whoever asked for it; empty for work of the server itself
public record Actor(String task, String user) {
  /// The server, for reasons of its own.
  public static final Actor NOBODY = new Actor("", "");

  /// Somebody whose request changes rows directly.
  public static Actor user(String id) {
    return new Actor("", id);
  }

  /// Actors by the ids of what they change, as the database reads them: `{"id": ["task", "user"]}`;
  /// empty if there are none.
  static String json(Map<String, Actor> actors) {
    if (actors.isEmpty()) {
      return "";
    }
    var json = JsonNodeFactory.instance.objectNode();
    actors.forEach((id, actor) -> json.putArray(id).add(actor.task()).add(actor.user()));
    return json.toString();
  }
}
