package io.belfry.datacenter;

import io.belfry.hypervisor.Fence;
import io.belfry.hypervisor.simulator.Change;
import io.belfry.hypervisor.simulator.Inventory;
import io.belfry.hypervisor.simulator.WorldLog;
import io.belfry.hypervisor.simulator.WorldObject.Kind;
import io.belfry.store.ResultRow;
import io.belfry.store.Store;
import io.belfry.store.Transaction;
import io.belfry.store.job.RecurringJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The simulated world in the database, shared by all servers that use it: what the tower's rows
/// say, overlaid by what effects have changed since (docs/adr/0012-a-shared-simulated-world.md).
///
/// An effect is durable when it is answered. Whoever takes a turn holds an advisory lock, so turns
/// come one after the other, and the numbers of changes become visible in their order.
public final class StoredWorld implements WorldLog {
  /// The advisory lock of a turn: "world" in ASCII.
  private static final long TURN = 0x776f726c64L;

  /// A server that takes its turn and then falls silent, as on a machine that is suspended, loses
  /// it after this.
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private static final Duration FORGETTING_INTERVAL = Duration.ofMinutes(10);

  private final Store store;
  private final Claims claims;
  private final Duration memory;

  /// How the world began the last time.
  private volatile @Nullable Beginning beginning;

  public StoredWorld(Store store, Claims claims) {
    this(store, claims, Duration.ofHours(1));
  }

  /// @param memory how long it is known that something is gone, so how far behind a server may be
  ///   without having to begin anew
  StoredWorld(Store store, Claims claims, Duration memory) {
    this.store = store;
    this.claims = claims;
    this.memory = memory;
  }

  /// What rows said when the world began anew.
  ///
  /// @param forgotten the number up to which effects are forgotten, as long as this holds
  private record Beginning(long forgotten, List<Inventory> inventories) {
    Beginning {
      inventories = List.copyOf(inventories);
    }
  }

  @Override
  public News tell(Consumer<Inventory> listener) {
    return store.read(transaction -> {
      var forgotten = forgotten(transaction);
      var known = beginning;
      if (known != null && known.forgotten() == forgotten) {
        known.inventories().forEach(listener);
      } else {
        SimulatedDatacenter.inventories(transaction, listener);
      }
      return news(transaction, 0, forgotten);
    });
  }

  @Override
  public Optional<News> since(long last) {
    // Not Store.read, which says more to PostgreSQL than this one statement.
    return store.write(transaction -> read(transaction, last));
  }

  @Override
  public OptionalLong add(long last, Set<Fence> fences, Turn turn) {
    return store.write(transaction -> {
      lock(transaction);
      var news = read(transaction, last);
      if (news.isEmpty()) {
        return OptionalLong.empty();
      }
      var changes = turn.take(news.get(), outdated(transaction, fences));
      var number = news.get().last() + (changes.isEmpty() ? 0 : 1);
      write(transaction, changes, number);
      return OptionalLong.of(number);
    });
  }

  private Set<Fence> outdated(Transaction transaction, Set<Fence> fences) {
    if (fences.isEmpty()) {
      return Set.of();
    }
    var outdated = new HashSet<>(fences);
    outdated.removeAll(claims.hold(transaction, fences));
    return outdated;
  }

  /// Forgets all effects, for whoever brings the tower's rows back to what they were the last time.
  /// The world ends with the transaction; each simulator then begins anew from the rows.
  ///
  /// Nobody has a turn before the transaction ends.
  ///
  /// @param rows brings them back; they must be the same each time
  /// @return what it returns
  public <T> T beginAnew(Transaction transaction, Supplier<T> rows) {
    lock(transaction);
    forgetEffects(transaction);
    var result = rows.get();
    var known = beginning;
    var begun =
        new Beginning(
            forgotten(transaction), known == null ? inventories(transaction) : known.inventories());
    transaction.afterCommit(() -> beginning = begun);
    return result;
  }

  private static List<Inventory> inventories(Transaction transaction) {
    var inventories = new ArrayList<Inventory>();
    SimulatedDatacenter.inventories(transaction, inventories::add);
    return inventories;
  }

  private static void forgetEffects(Transaction transaction) {
    transaction.executeSoon(
        """
        UPDATE belfry.simulator_forgotten
        SET number = 1 + greatest(number, (SELECT max(number) FROM belfry.simulator_object))
        WHERE EXISTS (SELECT FROM belfry.simulator_object)
        """,
        List.of());
    transaction.executeSoon("DELETE FROM belfry.simulator_object", List.of());
  }

  private static void lock(Transaction transaction) {
    transaction.executeSoon(
        """
        SELECT set_config('idle_in_transaction_session_timeout', ?, true),
          pg_advisory_xact_lock(?)
        """,
        List.of(String.valueOf(LONGEST_PAUSE.toMillis()), TURN));
  }

  /// What is new after a number; empty if some of it is forgotten.
  private static Optional<News> read(Transaction transaction, long last) {
    var changed =
        transaction.query(
            """
            SELECT number, NULL, NULL, NULL
            FROM belfry.simulator_forgotten
            WHERE number > ?
            UNION ALL
            SELECT number, kind, id, state::text
            FROM belfry.simulator_object
            WHERE number > ?
            """,
            List.of(last, last),
            Numbered::read);
    return changed.stream().anyMatch(Numbered::isForgotten)
        ? Optional.empty()
        : Optional.of(Numbered.news(last, changed));
  }

  private static News news(Transaction transaction, long last, long forgotten) {
    var changed =
        transaction.query(
            "SELECT number, kind, id, state::text FROM belfry.simulator_object WHERE number > ?",
            List.of(last),
            Numbered::read);
    return Numbered.news(forgotten, changed);
  }

  /// A change with its number.
  ///
  /// @param change absent where this only says what is forgotten
  private record Numbered(long number, List<Change> change) {
    static Numbered read(ResultRow row) {
      var kind = row.textOrNull(2);
      if (kind == null) {
        return new Numbered(row.longValue(1), List.of());
      }
      var key = WorldJson.key(kind, row.text(3));
      var state = row.textOrNull(4);
      var object = state == null ? null : WorldJson.read(key, state);
      return new Numbered(row.longValue(1), List.of(new Change(key, object)));
    }

    boolean isForgotten() {
      return change.isEmpty();
    }

    static News news(long last, List<Numbered> changed) {
      var latest = changed.stream().mapToLong(Numbered::number).max().orElse(last);
      return new News(
          Math.max(last, latest), changed.stream().flatMap(one -> one.change.stream()).toList());
    }
  }

  private static void write(Transaction transaction, Collection<Change> changes, long number) {
    if (changes.isEmpty()) {
      return;
    }
    var kinds = new ArrayList<String>();
    var ids = new ArrayList<String>();
    var states = new ArrayList<String>();
    for (var change : changes) {
      kinds.add(change.key().kind().name());
      ids.add(change.key().id());
      states.add(change.state() == null ? "" : WorldJson.write(change.state()));
    }
    transaction.execute(
        """
        INSERT INTO belfry.simulator_object (kind, id, state, number)
        SELECT kind, id, nullif(state, '')::jsonb, ?
        FROM unnest(?::text[], ?::text[], ?::text[]) AS changed (kind, id, state)
        ON CONFLICT (kind, id) DO UPDATE
        SET state = excluded.state, number = excluded.number, changed_at = now()
        """,
        List.of(number, kinds, ids, states));
  }

  /// Forgets from time to time what has been gone for long, so that the world doesn't grow with all
  /// that ever was. Any number of servers may do so.
  public RecurringJob startForgetting() {
    return RecurringJob.start("forgetting", FORGETTING_INTERVAL, this::forgetWhatIsGone);
  }

  /// Forgets what has been gone for long, and is gone from the tower's rows too.
  ///
  /// @return how much was forgotten
  int forgetWhatIsGone() {
    return store.write(transaction -> {
      lock(transaction);
      return Arrays.stream(Kind.values()).mapToInt(kind -> forget(transaction, kind)).sum();
    });
  }

  private int forget(Transaction transaction, Kind kind) {
    var numbers =
        transaction.query(
            """
            DELETE FROM belfry.simulator_object AS object
            WHERE object.kind = ?
              AND object.state IS NULL
              AND object.changed_at < now() - ? * INTERVAL '1 millisecond'
              AND %s
            RETURNING object.number
            """
                .formatted(isNoRow(kind)),
            List.of(kind.name(), memory.toMillis()),
            row -> row.longValue(1));
    numbers.stream()
        .max(Long::compare)
        .ifPresent(latest ->
            transaction.execute(
                "UPDATE belfry.simulator_forgotten SET number = greatest(number, ?)",
                List.of(latest)));
    return numbers.size();
  }

  /// That the tower has no row of an object either: from that, a server that starts would take it
  /// to be there.
  private static String isNoRow(Kind kind) {
    return switch (kind) {
      case HOST -> "NOT EXISTS (SELECT FROM tower.host WHERE local_id = object.id)";
      case LEASE ->
          """
          NOT EXISTS (
            SELECT
            FROM tower.vm_nic JOIN tower.vlan ON vlan.id = vm_nic.vlan_id
            WHERE lower(vm_nic.mac_address) || ' ' || vlan.local_id = object.id)
          """;
      case NETWORK -> "NOT EXISTS (SELECT FROM tower.vlan WHERE local_id = object.id)";
      case SNAPSHOT ->
          """
          NOT EXISTS (SELECT FROM tower.iscsi_lun_snapshot WHERE local_id = object.id)
            AND NOT EXISTS (
              SELECT
              FROM tower.vm_template, jsonb_array_elements(vm_disks) AS disk
              WHERE disk ->> 'snapshot_local_id' = object.id)
          """;
      case VM -> "NOT EXISTS (SELECT FROM tower.vm WHERE local_id = object.id)";
      case VOLUME ->
          """
          NOT EXISTS (SELECT FROM tower.vm_volume WHERE local_id = object.id)
            AND NOT EXISTS (
              SELECT
              FROM tower.vm_template, jsonb_array_elements(vm_disks) AS disk
              WHERE disk ->> 'vm_volume_local_id' = object.id)
          """;
    };
  }

  private static long forgotten(Transaction transaction) {
    return transaction
        .query("SELECT number FROM belfry.simulator_forgotten", List.of(), row -> row.longValue(1))
        .getFirst();
  }
}
