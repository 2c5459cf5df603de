package io.belfry.server.changes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.query.Language;
import io.belfry.schema.Schema;
import io.belfry.server.api.Call;
import io.belfry.server.api.OperationAnswer;
import io.belfry.server.http.Answer;
import io.belfry.store.log.Change;
import io.belfry.store.log.ChangeFilter;
import io.belfry.store.log.ChangeObjects;
import io.belfry.store.log.ChangePage;
import io.belfry.store.log.CompactedException;
import io.belfry.store.log.RevisionLog;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `resource-changes`: some changes after a revision. Clients go on with the revision of the last
/// one, or with `currentRevision` when there are fewer than they asked for; without a revision they
/// begin at the newest. A client whose revision is below `compactRevision` has missed changes.
public final class ResourceChanges implements OperationAnswer {
  private static final int USUAL_LIMIT = 100;
  private static final int MOST = 1_000;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final RevisionLog log;
  private final ChangeObjects objects;
  private final ChangeQuery query;

  public ResourceChanges(Schema schema, RevisionLog log, ChangeObjects objects) {
    this.log = log;
    this.objects = objects;
    this.query =
        new ChangeQuery(
            schema,
            Set.of(
                ChangeQuery.ACTION,
                ChangeQuery.TYPE,
                ChangeQuery.ID,
                ChangeQuery.START,
                ChangeQuery.LIMIT));
  }

  @Override
  public Answer answer(Call call) {
    var filter = query.filter(call.query());
    var limit = ChangeQuery.limit(call.query(), USUAL_LIMIT, MOST);
    var start = ChangeQuery.start(call.query());
    var bounds = log.bounds();
    try {
      return answer(bounds, page(bounds, start, filter, limit), call.language());
    } catch (CompactedException e) {
      var now = log.bounds();
      var answer = envelope(now, now.newest(), "COMPACTED");
      answer
          .putObject("error")
          .put(
              "msg",
              "Changes up to revision %s are no longer kept: read the objects again, and go on after currentRevision."
                  .formatted(e.compactRevision()));
      return Answer.json(answer);
    }
  }

  /// Whoever asks for none, or begins now, learns where to go on.
  private ChangePage page(
      RevisionLog.Bounds bounds, Optional<Long> start, ChangeFilter filter, int limit) {
    return start.isEmpty() || limit == 0
        ? new ChangePage(List.of(), bounds.newest(), bounds.newest())
        : log.after(start.get(), filter, limit);
  }

  private Answer answer(RevisionLog.Bounds bounds, ChangePage page, Language language) {
    var answer = envelope(bounds, page.newest(), "EOK").putNull("error");
    var data = answer.withArray("data");
    page.changes().forEach(change -> data.add(event(change, language)));
    return Answer.json(answer);
  }

  private static ObjectNode envelope(RevisionLog.Bounds bounds, long newest, String code) {
    var answer = NODES.objectNode();
    answer.put("currentRevision", String.valueOf(newest));
    answer.put("compactRevision", String.valueOf(bounds.compacted()));
    answer.put("ec", code).putArray("data");
    return answer;
  }

  private ObjectNode event(Change change, Language language) {
    var event = ChangeJson.head(change);
    event.put("old_value", text(change, change.values().before(), language));
    event.put("new_value", text(change, change.values().after(), language));
    return event;
  }

  private @Nullable String text(Change change, @Nullable String stored, Language language) {
    return objects
        .show(change.subject().entity(), stored, language)
        .map(ObjectNode::toString)
        .orElse(null);
  }
}
