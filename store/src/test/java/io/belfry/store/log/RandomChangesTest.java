package io.belfry.store.log;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.store.Store;
import io.belfry.store.Transaction;
import io.belfry.store.database.TestTables;
import io.belfry.store.rows.OrganizationEdit;
import io.belfry.store.rows.OrganizationRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Many writers change few objects at random while a reader follows. The reader must see each
/// change once, in the order in which a later reader sees it; and what it sees must make sense:
/// every change starts from what the one before it left, and all of them lead to what is stored.
class RandomChangesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int WRITERS = 6;
  private static final int TRANSACTIONS = 40;
  private static final int OBJECTS = 8;

  private final Store store = new Store(TestTables.freshDatabase().dataSource(), TestTables.LAYOUT);
  private final RevisionLog log = new RevisionLog(store);

  @Test
  void readersSeeOneOrderThatExplainsEverything() throws Exception {
    var seed = Long.getLong("belfry.seed", System.nanoTime());
    System.out.println("seed " + seed + " (-Dbelfry.seed=" + seed + ")");
    var start = log.newest();
    var written = new AtomicBoolean();
    List<Change> followed;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var reader = threads.submit(() -> follow(start, written));
      var writers =
          IntStream.range(0, WRITERS)
              .mapToObj(number -> threads.submit(writer(new Random(seed + number))))
              .toList();
      for (Future<?> writer : writers) {
        writer.get();
      }
      written.set(true);
      followed = reader.get();
    }

    assertThat(followed).isEqualTo(log.after(start, ChangeFilter.ALL, Integer.MAX_VALUE).changes());
    assertThat(followed).extracting(Change::revision).isSorted().doesNotHaveDuplicates();
    assertThat(replayed(followed)).isEqualTo(stored());
  }

  private List<Change> follow(long start, AtomicBoolean written) {
    var followed = new ArrayList<Change>();
    var position = start;
    while (true) {
      var last = written.get();
      var page = log.after(position, ChangeFilter.ALL, 50);
      followed.addAll(page.changes());
      position = page.through();
      if (last && page.changes().isEmpty()) {
        return followed;
      }
    }
  }

  private Callable<Boolean> writer(Random random) {
    return () -> {
      for (var i = 0; i < TRANSACTIONS; i++) {
        try {
          store.change(transaction -> changeSome(transaction, random));
        } catch (GivenUp _) {
          // rolled back, on purpose
        }
      }
      return true;
    };
  }

  private static final class GivenUp extends RuntimeException {}

  private static void changeSome(Transaction transaction, Random random) {
    for (var i = 0; i <= random.nextInt(4); i++) {
      var id = "o" + random.nextInt(OBJECTS);
      var name = "name " + random.nextInt(1_000);
      switch (random.nextInt(4)) {
        case 0 -> create(transaction, id, name);
        case 1 -> transaction.delete(OrganizationRow.TYPE, List.of(id));
        default -> transaction.update(id, OrganizationEdit.edit().name(name));
      }
    }
    if (random.nextInt(5) == 0) {
      throw new GivenUp();
    }
  }

  private static void create(Transaction transaction, String id, String name) {
    transaction.execute(
        "INSERT INTO tower.organization (id, name) VALUES (?, ?) ON CONFLICT DO NOTHING",
        List.of(id, name));
  }

  /// The objects that the changes lead to.
  private static Map<String, JsonNode> replayed(List<Change> changes) {
    var objects = new TreeMap<String, JsonNode>();
    var last = new HashMap<String, Long>();
    for (var change : changes) {
      var id = change.subject().id();
      var before = objects.get(id);
      switch (change.action()) {
        case CREATE -> {
          assertThat(before).as("%s is created", id).isNull();
          objects.put(id, json(change.values().after()));
        }
        case DELETE -> {
          assertThat(json(change.values().before())).as("%s is deleted", id).isEqualTo(before);
          objects.remove(id);
        }
        case UPDATE -> objects.put(id, updated(change, (ObjectNode) requireNonNull(before)));
      }
      if (change.action() != Change.Action.CREATE) {
        assertThat(change.previous()).isEqualTo(last.get(id));
      }
      last.put(id, change.revision());
    }
    return objects;
  }

  private static JsonNode updated(Change change, ObjectNode object) {
    json(change.values().before())
        .properties()
        .forEach(entry -> assertThat(object.get(entry.getKey())).isEqualTo(entry.getValue()));
    return object.deepCopy().setAll((ObjectNode) json(change.values().after()));
  }

  private Map<String, JsonNode> stored() {
    var objects = new TreeMap<String, JsonNode>();
    store
        .read(transaction ->
            transaction.query(
                "SELECT to_jsonb(o) FROM tower.organization o",
                List.of(),
                row -> json(row.text(1))))
        .forEach(object -> objects.put(object.path("id").textValue(), object));
    return objects;
  }

  private static JsonNode json(@Nullable String text) {
    try {
      return JSON.readTree(requireNonNull(text));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(text, e);
    }
  }
}
