package io.belfry.sdk;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.belfry.sdk.internal.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How objects that a task changes are read: in the answer of the operation that started the task,
/// and again when the task has ended.
///
/// @param listPath the operation that reads such objects; absent if they can't be read again
/// @param <T> what is read
record Rereading<T>(ApiClient client, Shape<T> shape, @Nullable String listPath) {
  private static final int MAX_IDS = 1000;

  Accepted<T> readEach(JsonParser parser) throws IOException {
    var accepted = new ArrayList<WithTask<T>>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      accepted.addAll(readOne(parser));
    }
    return new Accepted<>(this, accepted);
  }

  /// Reads `{task_id, data}`, where data may also be a list that has one task together.
  Accepted<T> readOne(JsonParser parser) throws IOException {
    if (!parser.isExpectedStartObjectToken()) {
      throw new IOException("there should be an object with task_id and data");
    }
    String taskId = null;
    var data = new ArrayList<T>();
    for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      var token = parser.nextToken();
      switch (name) {
        case "task_id" -> taskId = token == JsonToken.VALUE_NULL ? null : parser.getText();
        case "data" -> data.addAll(data(parser, token));
        default -> parser.skipChildren();
      }
    }
    var accepted = new ArrayList<WithTask<T>>();
    for (var each : data) {
      accepted.add(new WithTask<>(this, taskId, each));
    }
    return new Accepted<>(this, accepted);
  }

  private List<T> data(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case VALUE_NULL -> List.of();
      case START_ARRAY -> shape.readList(parser);
      default -> List.of(shape.read(parser));
    };
  }

  /// The objects as they are now, in the same order, without those that are gone.
  List<T> again(List<T> objects) {
    var now = againById(objects);
    return objects.stream()
        .map(Rereading::id)
        .distinct()
        .map(now::get)
        .filter(Objects::nonNull)
        .toList();
  }

  /// The objects as they are now, by their ids, without those that are gone.
  Map<Json, T> againById(List<T> objects) {
    var now = new HashMap<Json, T>();
    if (listPath == null) {
      objects.forEach(each -> now.put(id(each), each));
      return now;
    }
    var ids = objects.stream().map(Rereading::id).distinct().toList();
    for (int from = 0; from < ids.size(); from += MAX_IDS) {
      var chunk = ids.subList(from, Math.min(from + MAX_IDS, ids.size()));
      var where = Json.object("where", Json.object("id_in", chunk));
      client.call(Operation.list(listPath, shape), where).forEach(each -> now.put(id(each), each));
    }
    return now;
  }

  static Json id(Object object) {
    return ((JsonForm) object).json().get("id");
  }
}
