package io.belfry.server.changes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.query.Language;
import io.belfry.store.log.Change;
import io.belfry.store.log.ChangeObjects;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Changes as texts of server-sent events. Keeps the last thousands, as many clients want the same
/// ones. Thread-safe.
public final class EventTexts {
  private static final int KEPT = 4_096;
  private static final int LARGEST_KEPT = 8 << 10;

  private final ChangeObjects objects;
  private final Map<Language, AtomicReferenceArray<Made>> made = new EnumMap<>(Language.class);

  public EventTexts(ChangeObjects objects) {
    this.objects = objects;
    for (var language : Language.values()) {
      made.put(language, new AtomicReferenceArray<>(KEPT));
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
  private record Made(long revision, byte[] text) {}

  byte[] of(Change change, Language language) {
    var kept = requireNonNull(made.get(language));
    var place = (int) (change.revision() % KEPT);
    var earlier = kept.get(place);
    if (earlier != null && earlier.revision() == change.revision()) {
      return earlier.text();
    }
    var text = text(change, language).getBytes(UTF_8);
    if (text.length <= LARGEST_KEPT) {
      kept.set(place, new Made(change.revision(), text));
    }
    return text;
  }

  private String text(Change change, Language language) {
    var json = ChangeJson.head(change);
    json.set("old_value", shown(change, change.values().before(), language));
    json.set("new_value", shown(change, change.values().after(), language));
    json.put("task_id", change.cause().taskId());
    json.put("user_id", change.cause().userId());
    return "id: %s\nevent: change\ndata: %s\n\n".formatted(change.revision(), json);
  }

  private @Nullable ObjectNode shown(Change change, @Nullable String stored, Language language) {
    return objects.show(change.subject().entity(), stored, language).orElse(null);
  }
}
