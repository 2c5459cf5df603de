package io.belfry.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.postgres.TestDatabase;
import io.belfry.store.Store;
import io.belfry.store.database.TestTables;
import io.belfry.store.log.LogTail.TailSettings;
import io.belfry.store.rows.OrganizationEdit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogTailTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final TestDatabase database = TestTables.freshDatabase();
  private final RevisionLog log =
      new RevisionLog(new Store(database.dataSource(), TestTables.LAYOUT));
  private final LogTail tail = LogTail.start(log, settings());
  private final Store store = new Store(database.dataSource(), TestTables.LAYOUT, tail::wake);

  @AfterEach
  void close() {
    tail.close();
  }

  @Test
  void tellsWatchersOfChangesAsTheyHappen() throws InterruptedException {
    try (var first = tail.watch(log.newest(), ChangeFilter.ALL);
        var second = tail.watch(log.newest(), ChangeFilter.ALL)) {
      add("a", "b");

      assertThat(take(first, 2)).containsExactly("a", "b");
      assertThat(take(second, 2)).containsExactly("a", "b");

      add("c");

      assertThat(take(first, 1)).containsExactly("c");
    }
  }

  @Test
  void beginsWhereTheWatcherWantsTo() throws InterruptedException {
    var start = log.newest();
    add("early");
    try (var watch = tail.watch(start, ChangeFilter.ALL)) {
      add("late");

      assertThat(take(watch, 2)).containsExactly("early", "late");
    }
  }

  @Test
  void neitherLosesNorKeepsWhatASlowWatcherHasNotTaken() throws InterruptedException {
    try (var slow = tail.watch(log.newest(), ChangeFilter.ALL);
        var quick = tail.watch(log.newest(), ChangeFilter.ALL)) {
      var ids = IntStream.range(100, 150).mapToObj(String::valueOf).toArray(String[]::new);
      add(ids);

      assertThat(take(quick, ids.length)).containsExactly(ids);
      assertThat(take(slow, ids.length)).containsExactly(ids);
    }
  }

  @Test
  void moreThanAPageComesInSeveral() throws InterruptedException {
    try (var watch = tail.watch(log.newest(), ChangeFilter.ALL)) {
      add("a", "b", "c", "d", "e", "f");

      var page = nonEmpty(watch);

      assertThat(page.changes().size()).isLessThanOrEqualTo(settings().page());
    }
  }

  @Test
  void movesOnOverWhatIsNotWanted() throws InterruptedException {
    var filter = new ChangeFilter(Set.of(), Set.of(), Set.of("z"));
    try (var watch = tail.watch(log.newest(), filter)) {
      add("a", "b", "z");

      assertThat(take(watch, 1)).containsExactly("z");
      assertThat(watch.next(Duration.ZERO).through()).isEqualTo(log.newest());
    }
  }

  @Test
  void tellsAWatcherThatItIsTooLate() {
    var start = log.newest();
    add("a");
    log.compact(Duration.ZERO, 100);
    try (var watch = tail.watch(start, ChangeFilter.ALL)) {
      add("b");

      assertThatThrownBy(() -> take(watch, 2)).isInstanceOf(CompactedException.class);
    }
  }

  @Test
  void findsChangesThatNobodyTellsOf() throws InterruptedException {
    var silent = new Store(database.dataSource(), TestTables.LAYOUT);
    try (var watch = tail.watch(log.newest(), ChangeFilter.ALL)) {
      silent.change(
          transaction -> transaction.insert(OrganizationEdit.edit().id("quiet").name("quiet")));

      assertThat(take(watch, 1)).containsExactly("quiet");
    }
  }

  private void add(String... ids) {
    store.change(transaction -> {
      for (var id : ids) {
        transaction.insert(OrganizationEdit.edit().id(id).name(id));
      }
    });
  }

  private static List<String> take(Watch watch, int count) throws InterruptedException {
    var ids = new ArrayList<String>();
    while (ids.size() < count) {
      nonEmpty(watch).changes().forEach(change -> ids.add(change.subject().id()));
    }
    return ids;
  }

  private static ChangePage nonEmpty(Watch watch) throws InterruptedException {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      var page = watch.next(Duration.ofMillis(200));
      if (!page.changes().isEmpty()) {
        return page;
      }
    }
    throw new AssertionError("no change within " + PATIENCE);
  }

  /// Keeps little and reads small pages, so that all paths are taken.
  private static TailSettings settings() {
    return new TailSettings(5, 10, 1 << 20, 2, Duration.ofMillis(50), Duration.ofMillis(1));
  }
}
