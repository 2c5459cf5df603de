package io.belfry.store.log;

import static io.belfry.store.log.Change.Action.CREATE;
import static io.belfry.store.log.Change.Action.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.belfry.postgres.TestDatabase;
import io.belfry.store.Actor;
import io.belfry.store.Store;
import io.belfry.store.database.TestTables;
import io.belfry.store.rows.DatacenterEdit;
import io.belfry.store.rows.DatacenterRow;
import io.belfry.store.rows.HostEdit;
import io.belfry.store.rows.OrganizationEdit;
import io.belfry.store.rows.OrganizationRow;
import io.belfry.store.rows.TaskEdit;
import io.belfry.store.rows.TaskRow;
import io.belfry.store.rows.UserEdit;
import io.belfry.store.rows.UserRoleNextEdit;
import io.belfry.store.rows.UserRoleNextRow;
import io.belfry.store.rows.UserRow;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class RevisionLogTest {
  private final TestDatabase database = TestTables.freshDatabase();
  private final Store store = new Store(database.dataSource(), TestTables.LAYOUT);
  private final RevisionLog log = new RevisionLog(store);
  private final long start = log.newest();

  @Test
  void tellsCreationUpdateAndDeletionOfAnObject() {
    store.change(transaction -> transaction.insert(organization("o", "before")));
    store.change(transaction -> transaction.update("o", OrganizationEdit.edit().name("after")));
    store.change(transaction -> transaction.delete(OrganizationRow.TYPE, List.of("o")));

    var changes = changes();

    assertThat(changes)
        .extracting(Change::action)
        .containsExactly(Change.Action.CREATE, Change.Action.UPDATE, Change.Action.DELETE);
    assertThat(changes)
        .extracting(Change::values)
        .containsExactly(
            new Change.Stored(null, "{\"id\": \"o\", \"name\": \"before\"}"),
            new Change.Stored("{\"name\": \"before\"}", "{\"name\": \"after\"}"),
            new Change.Stored("{\"id\": \"o\", \"name\": \"after\"}", null));
    assertThat(changes)
        .extracting(Change::subject)
        .containsOnly(new Change.Subject("Organization", "o"));
    assertThat(changes)
        .extracting(Change::previous)
        .containsExactly(null, changes.get(0).revision(), changes.get(1).revision());
  }

  @Test
  void tellsWhoAskedForAChange() {
    store.change(transaction -> {
      transaction.actFor(Actor.user("somebody"));
      transaction.insert(organization("o", "theirs"));
    });
    store.change(transaction -> transaction.insert(organization("p", "nobody's")));

    assertThat(changes())
        .extracting(change -> change.cause().userId())
        .containsExactly("somebody", null);
  }

  @Test
  void tellsWhoChangedWhatWhereSeveralDoInOneTransaction() {
    store.change(transaction ->
        transaction.insert(List.of(organization("o", "old"), organization("p", "old"))));
    store.change(transaction -> {
      transaction.actFor(new Actor("first task", "somebody"));
      transaction.update("o", OrganizationEdit.edit().name("new"));
      transaction.actFor(new Actor("second task", ""));
      transaction.update("p", OrganizationEdit.edit().name("new"));
      transaction.update("o", OrganizationEdit.edit().name("newer"));
    });

    assertThat(changes().subList(2, 5))
        .extracting(
            change -> change.subject().id(),
            change -> change.cause().taskId(),
            change -> change.cause().userId())
        .containsExactly(
            tuple("o", "first task", "somebody"),
            tuple("p", "second task", null),
            tuple("o", "second task", null));
  }

  @Test
  void logsARowOnceThatChangesTwiceInATransaction() {
    store.change(transaction -> transaction.insert(organization("o", "old")));
    store.change(transaction -> {
      transaction.update("o", OrganizationEdit.edit().name("passing"));
      transaction.update("o", OrganizationEdit.edit().name("new"));
    });

    assertThat(changes()).hasSize(2);
    assertThat(changes().getLast().values().after()).isEqualTo("{\"name\": \"new\"}");
  }

  @Test
  void showsATransactionWhatItHasChangedItself() {
    store.change(transaction -> transaction.insert(organization("o", "old")));

    var seen =
        store.write(transaction -> {
          transaction.update("o", OrganizationEdit.edit().name("new"));
          return transaction.find(OrganizationRow.TYPE, "o").orElseThrow().name();
        });

    assertThat(seen).isEqualTo("new");
  }

  @Test
  void isSilentAboutUpdatesThatChangeNothing() {
    store.change(transaction -> transaction.insert(organization("o", "same")));
    store.change(transaction -> transaction.update("o", OrganizationEdit.edit().name("same")));

    assertThat(changes()).hasSize(1);
  }

  @Test
  void isSilentAboutGauges() {
    store.change(
        transaction -> transaction.insert(HostEdit.edit().id("h").name("host").usedCpuHz(1.0)));
    store.change(transaction -> transaction.update("h", HostEdit.edit().usedCpuHz(2.0)));
    store.change(
        transaction -> transaction.update("h", HostEdit.edit().usedCpuHz(3.0).name("renamed")));

    assertThat(changes()).hasSize(2);
    assertThat(changes().getLast().values().after()).isEqualTo("{\"name\": \"renamed\"}");
  }

  @Test
  void looksAtWhatFollowsAMeasurementAgain() {
    store.change(transaction -> {
      transaction.insert(HostEdit.edit().id("h").name("host"));
      transaction.measure("UPDATE tower.host SET used_cpu_hz = ? WHERE id = ?", List.of(2.0, "h"));
      transaction.update("h", HostEdit.edit().name("renamed"));
    });

    assertThat(changes()).extracting(Change::action).containsExactly(CREATE, UPDATE);
  }

  @Test
  void looksAtNothingThatFollowsAMeasurementInABulkLoad() {
    store.change(transaction -> {
      RevisionLog.leaveOut(transaction);
      transaction.measure("UPDATE tower.host SET used_cpu_hz = 2", List.of());
      transaction.insert(organization("o", "one of many"));
    });

    assertThat(log.after(log.bounds().compacted(), ChangeFilter.ALL, 10).changes()).isEmpty();
  }

  @Test
  void isSilentAboutWhatWasRolledBack() {
    assertThatThrownBy(() ->
            store.change(transaction -> {
              transaction.insert(organization("o", "never"));
              throw new IllegalArgumentException("not this time");
            }))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(changes()).isEmpty();
  }

  @Test
  void tellsOfObjectsThatLoseARelationWithAnother() {
    store.change(transaction -> {
      transaction.insert(UserEdit.edit().id("u").username("u").name("u"));
      transaction.insert(TaskEdit.edit().id("t").userId("u").snapshot("{}"));
    });
    store.change(transaction -> transaction.delete(UserRow.TYPE, List.of("u")));

    assertThat(changes().subList(2, 4))
        .extracting(change -> change.subject().id() + " " + change.action())
        .containsExactlyInAnyOrder("u DELETE", "t UPDATE");
    assertThat(store.<Boolean>read(transaction -> transaction.find(TaskRow.TYPE, "t").isPresent()))
        .isTrue();
  }

  @Test
  void tellsWhichPairsCameAndWent() {
    store.change(transaction -> {
      transaction.insert(UserEdit.edit().id("u").username("u").name("u"));
      transaction.insert(UserRoleNextEdit.edit().id("r").name("r"));
      transaction.insert(UserRoleNextEdit.edit().id("s").name("s"));
    });
    var before = log.newest();
    store.change(transaction -> transaction.link(UserRow.TYPE, "roles", "u", List.of("r", "s")));
    store.change(transaction -> transaction.unlink(UserRow.TYPE, "roles", "u", List.of("r")));

    var values =
        log.after(before, ChangeFilter.ALL, 10).changes().stream().map(Change::values).toList();

    assertThat(values)
        .containsExactly(
            new Change.Stored("{\"roles\": []}", "{\"roles\": [\"r\", \"s\"]}"),
            new Change.Stored("{\"roles\": [\"r\"]}", "{\"roles\": []}"));
  }

  @Test
  void saysNothingAboutPairsOfAnObjectThatIsGone() {
    store.change(transaction -> {
      transaction.insert(UserEdit.edit().id("u").username("u").name("u"));
      transaction.insert(UserRoleNextEdit.edit().id("r").name("r"));
      transaction.link(UserRow.TYPE, "roles", "u", List.of("r"));
    });
    var before = log.newest();
    store.change(transaction -> transaction.delete(UserRow.TYPE, List.of("u")));
    store.change(transaction -> transaction.delete(UserRoleNextRow.TYPE, List.of("r")));

    assertThat(log.after(before, ChangeFilter.ALL, 10).changes())
        .extracting(change -> change.subject().id() + " " + change.action())
        .containsExactly("u DELETE", "r DELETE");
  }

  @Test
  void waitsForTransactionsThatMayStillAddEarlierChanges() throws SQLException {
    try (var early = database.connect()) {
      early.setAutoCommit(false);
      early
          .createStatement()
          .execute("INSERT INTO tower.organization (id, name) VALUES ('e', 'e')");
      store.change(transaction -> transaction.insert(organization("late", "committed first")));

      assertThat(changes()).isEmpty();

      early.commit();
    }
    assertThat(changes()).extracting(change -> change.subject().id()).containsExactly("e", "late");
  }

  @Test
  void doesNotWaitForTransactionsThatOnlyRead() throws SQLException {
    try (var reader = database.connect()) {
      reader.setAutoCommit(false);
      reader.createStatement().execute("SELECT id FROM tower.organization");
      store.change(transaction -> transaction.insert(organization("o", "o")));

      assertThat(changes()).hasSize(1);
    }
  }

  /// Not even in tables in which a deletion looks for what has to go with it.
  @Test
  void doesNotWaitForTransactionsThatHaveChangedNothing() throws SQLException {
    try (var idle = database.connect()) {
      idle.setAutoCommit(false);
      idle.createStatement().execute("UPDATE tower.organization SET name = 'x' WHERE id = 'none'");
      idle.createStatement().execute("DELETE FROM tower.user__roles WHERE from_id = 'none'");
      store.change(transaction -> transaction.insert(organization("o", "o")));

      assertThat(changes()).hasSize(1);
    }
  }

  @Test
  void findsOnlyWhatAReaderWants() {
    store.change(transaction -> {
      transaction.insert(organization("o", "o"));
      transaction.insert(organization("p", "p"));
      transaction.insert(DatacenterEdit.edit().id("d").name("d").organizationId("o"));
    });
    store.change(transaction -> transaction.delete(DatacenterRow.TYPE, List.of("d")));

    assertThat(wanted(Set.of(), Set.of("Datacenter"), Set.of())).containsExactly("d", "d");
    assertThat(wanted(Set.of(), Set.of(), Set.of("p"))).containsExactly("p");
    assertThat(wanted(Set.of(Change.Action.DELETE), Set.of(), Set.of())).containsExactly("d");
    assertThat(wanted(Set.of(), Set.of("Organization"), Set.of("d"))).isEmpty();
  }

  @Test
  void readsInPages() {
    store.change(transaction -> {
      for (var i = 0; i < 5; i++) {
        transaction.insert(organization("o" + i, "o"));
      }
    });

    var first = log.after(start, ChangeFilter.ALL, 3);
    var second = log.after(first.through(), ChangeFilter.ALL, 3);

    assertThat(first.changes()).hasSize(3);
    assertThat(second.changes()).hasSize(2);
    assertThat(second.through()).isEqualTo(log.newest());
  }

  @Test
  void refusesToReadOnFromBeforeWhatIsGone() {
    store.change(transaction -> transaction.insert(organization("o", "old")));

    assertThat(log.compact(Duration.ZERO, 100)).isEqualTo(1);

    assertThatThrownBy(() -> log.after(start, ChangeFilter.ALL, 10))
        .isInstanceOfSatisfying(
            CompactedException.class,
            e -> assertThat(e.compactRevision()).isEqualTo(log.bounds().compacted()));
    assertThat(log.after(log.bounds().compacted(), ChangeFilter.ALL, 10).changes()).isEmpty();
  }

  @Test
  void keepsWhatIsNotOldEnough() {
    store.change(transaction -> transaction.insert(organization("o", "young")));

    assertThat(log.compact(Duration.ofHours(1), 100)).isZero();

    assertThat(changes()).hasSize(1);
  }

  @Test
  void leavesOutBulkLoadsAndSaysSo() {
    store.change(transaction -> {
      RevisionLog.leaveOut(transaction);
      transaction.insert(organization("o", "one of many"));
    });
    store.change(transaction -> transaction.insert(organization("p", "afterwards")));

    assertThatThrownBy(this::changes).isInstanceOf(CompactedException.class);
    assertThat(log.after(log.bounds().compacted(), ChangeFilter.ALL, 10).changes())
        .extracting(change -> change.subject().id())
        .containsExactly("p");
  }

  /// Otherwise whoever begins now would miss what they change.
  @Test
  void beginsOnceOthersHaveDoneWhatTheyBeganBefore() throws Exception {
    try (var other = database.connect()) {
      other.setAutoCommit(false);
      other.createStatement().execute("INSERT INTO tower.organization (id) VALUES ('late')");
      store.change(RevisionLog::leaveOut);
      var asked = new FutureTask<>(log::bounds);
      var asking = Thread.ofPlatform().start(asked);
      while (asking.isAlive() && asking.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
      assertThat(asked).isNotDone();

      other.commit();

      assertThat(asked.get().newest()).isGreaterThanOrEqualTo(asked.get().compacted());
    }
  }

  private List<Change> changes() {
    return log.after(start, ChangeFilter.ALL, 100).changes();
  }

  private List<String> wanted(Set<Change.Action> actions, Set<String> entities, Set<String> ids) {
    return log.after(start, new ChangeFilter(actions, entities, ids), 10).changes().stream()
        .map(change -> change.subject().id())
        .toList();
  }

  private static OrganizationEdit organization(String id, String name) {
    return OrganizationEdit.edit().id(id).name(name);
  }
}
