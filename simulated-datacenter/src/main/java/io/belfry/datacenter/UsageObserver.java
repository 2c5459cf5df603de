package io.belfry.datacenter;

import io.belfry.hypervisor.GuestSeen;
import io.belfry.hypervisor.HostId;
import io.belfry.hypervisor.HypervisorDriver;
import io.belfry.hypervisor.HypervisorException;
import io.belfry.hypervisor.PowerState;
import io.belfry.hypervisor.VmId;
import io.belfry.hypervisor.VmSeen;
import io.belfry.store.Store;
import io.belfry.store.Transaction;
import io.belfry.store.job.RecurringJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps fresh what changes by itself, on a thread of its own: whose guest has come up, how busy
/// VMs and hosts are, and how much of the storage each host carries.
///
/// Goes round: a tick looks at some hosts and their VMs only, the next one at the next. Writes
/// nothing else, and nothing at all of VMs that a task is changing or has changed meanwhile.
///
/// Of all servers that share a database one observes; when it goes, another takes over.
public final class UsageObserver implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UsageObserver.class);

  /// How long who observes may be silent before another does.
  private static final Duration SILENCE = Duration.ofSeconds(8);

  private final Store store;
  private final HypervisorDriver driver;
  private final VmRecorder recorder;
  private final Pace pace;
  private final Duty duty;
  private @Nullable RecurringJob ticking;

  /// Where the next tick goes on.
  private String lastHost = "";

  private String lastWaking = "";

  /// An observer that looks only when it is told to, by [#tick].
  ///
  /// @param recorder writes what is seen of a VM whose guest has come up
  /// @param owner names this server; unique among all that share the database
  UsageObserver(
      Store store, HypervisorDriver driver, VmRecorder recorder, Pace pace, String owner) {
    this.store = store;
    this.driver = driver;
    this.recorder = recorder;
    this.pace = pace;
    this.duty = new Duty(store, "observe usage", owner, pace.interval().plus(SILENCE));
  }

  /// An observer at work; [#close] ends it.
  ///
  /// @param recorder writes what is seen of a VM whose guest has come up
  /// @param owner names this server; unique among all that share the database
  public static UsageObserver start(
      Store store, HypervisorDriver driver, VmRecorder recorder, Pace pace, String owner) {
    var observer = new UsageObserver(store, driver, recorder, pace, owner);
    observer.ticking = RecurringJob.start("observing usage", pace.interval(), observer::tick);
    return observer;
  }

  /// Writes all that is seen of a VM into its rows.
  @FunctionalInterface
  public interface VmRecorder {
    /// @param rowId the VM's id in the store
    void record(Transaction transaction, String rowId, VmSeen seen);
  }

  /// How much is looked at, and how often.
  ///
  /// @param interval between the end of a tick and the next
  /// @param hosts how many hosts a tick looks at, with all their VMs
  /// @param guests how many VMs a tick asks whether their guest has come up
  public record Pace(Duration interval, int hosts, int guests) {
    /// Looks at some 200 VMs every other second.
    public static final Pace USUAL = new Pace(Duration.ofSeconds(2), 6, 50);

    public Pace {
      if (!interval.isPositive() || hosts < 1 || guests < 1) {
        throw new IllegalArgumentException(
            "interval, hosts and guests must be positive: %s, %s, %s"
                .formatted(interval, hosts, guests));
      }
    }
  }

  /// Where another server observes, this only looks at the hosts, so that the driver of this one
  /// stays up to date too.
  void tick() throws InterruptedException {
    try {
      if (duty.take()) {
        recordWakenGuests();
        refreshHosts();
      } else {
        driver.hosts();
      }
    } catch (HypervisorException e) {
      LOG.debug("usage can't be observed: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    if (ticking != null) {
      ticking.close();
    }
    giveUpSafely();
  }

  private void giveUpSafely() {
    try {
      duty.giveUp();
    } catch (RuntimeException e) {
      LOG.debug("another server will observe usage only after a while: {}", e.getMessage());
    }
  }

  // Guests that come up

  /// A VM, by its id in the store and on its cluster.
  ///
  /// @param version of its row
  private record KnownVm(String id, VmId driverId, String version) {}

  /// A VM that was looked at.
  private record SeenVm(String version, VmSeen seen) {}

  private void recordWakenGuests() throws InterruptedException {
    var waking =
        store.query(
            """
            SELECT id, local_id, xmin
            FROM tower.vm
            WHERE status = 'RUNNING'
              AND vm_tools_status = 'NOT_RUNNING'
              AND "entityAsyncStatus" IS NULL
              AND id > ?
            ORDER BY id
            LIMIT %s
            """
                .formatted(pace.guests()),
            List.of(lastWaking),
            row -> new KnownVm(row.text(1), new VmId(row.text(2)), row.text(3)));
    lastWaking = waking.size() < pace.guests() ? "" : waking.getLast().id;
    var awake = new TreeMap<String, SeenVm>();
    for (var vm : waking) {
      driver
          .observe(vm.driverId)
          .filter(seen -> seen.guest().tools() == GuestSeen.Tools.RUNNING)
          .ifPresent(seen -> awake.put(vm.id, new SeenVm(vm.version, seen)));
    }
    if (!awake.isEmpty()) {
      store.change(transaction -> record(transaction, awake));
    }
  }

  /// Records guests, unless somebody has changed the VM since its row was read: what was seen of it
  /// may then be older than the row.
  private void record(Transaction transaction, Map<String, SeenVm> awake) {
    transaction
        .query(
            """
            SELECT vm.id
            FROM tower.vm
              JOIN unnest(?::text[], ?::text[]) AS seen (id, version) ON seen.id = vm.id
            WHERE vm.xmin::text = seen.version
            ORDER BY vm.id
            FOR NO KEY UPDATE OF vm
            """,
            List.of(awake.keySet(), awake.values().stream().map(SeenVm::version).toList()),
            row -> row.text(1))
        .forEach(
            id -> recorder.record(transaction, id, Objects.requireNonNull(awake.get(id)).seen()));
  }

  // Hosts

  private record KnownHost(String id, HostId driverId, String clusterId, long hertzPerThread) {}

  private void refreshHosts() throws InterruptedException {
    var hosts =
        store.query(
            """
            SELECT id, local_id, cluster_id, cpu_hz_per_core
            FROM tower.host
            WHERE status IN ('CONNECTED_HEALTHY', 'CONNECTED_WARNING')
              AND id > ?
            ORDER BY id
            LIMIT %s
            """
                .formatted(pace.hosts()),
            List.of(lastHost),
            row ->
                new KnownHost(row.text(1), new HostId(row.text(2)), row.text(3), row.longValue(4)));
    lastHost = hosts.size() < pace.hosts() ? "" : hosts.getLast().id;
    for (var host : hosts) {
      refresh(host);
    }
    hosts.stream()
        .map(KnownHost::clusterId)
        .distinct()
        .forEach(cluster -> store.change(transaction -> shareUsage(transaction, cluster)));
  }

  private void refresh(KnownHost host) throws InterruptedException {
    try {
      var running =
          driver.observeAll(host.driverId).stream()
              .filter(vm -> vm.power() == PowerState.RUNNING)
              .toList();
      store.change(transaction -> write(transaction, host, running));
    } catch (HypervisorException e) {
      LOG.debug("host {} can't be observed: {}", host.driverId, e.getMessage());
    }
  }

  private static void write(Transaction transaction, KnownHost host, List<VmSeen> running) {
    var ids = new ArrayList<String>();
    var cpus = new ArrayList<String>();
    var memories = new ArrayList<String>();
    var usedHertz = 0.0;
    for (var vm : running) {
      var usage = vm.usage();
      ids.add(vm.id().value());
      cpus.add(String.valueOf(usage.cpuPercent()));
      memories.add(String.valueOf(usage.memoryPercent()));
      usedHertz += vm.definition().cpu().count() * host.hertzPerThread * usage.cpuPercent() / 100;
    }
    transaction.measure(
        """
        UPDATE tower.vm
        SET cpu_usage = seen.cpu::float8, memory_usage = seen.memory::float8
        FROM unnest(?::text[], ?::text[], ?::text[]) AS seen (local_id, cpu, memory)
        WHERE vm.host_id = ?
          AND vm.local_id = seen.local_id
          AND vm.status = 'RUNNING'
          AND vm."entityAsyncStatus" IS NULL
        """,
        List.of(ids, cpus, memories, host.id));
    transaction.measure(
        "UPDATE tower.host SET used_cpu_hz = ? WHERE id = ?", List.of(usedHertz, host.id));
  }

  /// Spreads what the volumes of a cluster take over its hosts, so that these add up to it.
  private static void shareUsage(Transaction transaction, String cluster) {
    transaction.measure(
        """
        UPDATE tower.host
        SET used_data_space = shares.bytes
        FROM (
          SELECT ranked.id, used.bytes / hosts + (rank <= used.bytes % hosts)::int AS bytes
          FROM (
              SELECT id, row_number() OVER (ORDER BY id) AS rank, count(*) OVER () AS hosts
              FROM tower.host
              WHERE cluster_id = ?
            ) ranked,
            (
              SELECT coalesce(sum(unique_size), 0)::bigint AS bytes
              FROM tower.vm_volume
              WHERE cluster_id = ?
            ) used
        ) shares
        WHERE host.id = shares.id
          AND host.used_data_space <> shares.bytes
        """,
        List.of(cluster, cluster));
  }
}
