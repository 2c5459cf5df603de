package io.belfry.operations.vm;

import io.belfry.operations.Decision;
import io.belfry.operations.input.Params;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.store.Transaction;
import io.belfry.store.rows.HostRow;
import io.belfry.store.rows.HostStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds hosts for VMs of one cluster, as their placement groups want it, and promises those that
/// are about to run the memory: what one decision has promised, no later one gives away. Lives as
/// long as its transaction.
public final class Placement {
  private static final Set<HostStatus> REACHABLE =
      EnumSet.of(HostStatus.CONNECTED_HEALTHY, HostStatus.CONNECTED_WARNING);

  private final Map<String, HostRow> hosts = new HashMap<>();
  private final Map<String, Long> freeBytes = new HashMap<>();
  private final List<Promise> promises = new ArrayList<>();
  private final PlacementGroups groups;

  private Placement(PlacementGroups groups) {
    this.groups = groups;
  }

  /// A VM that needs a host.
  ///
  /// @param memoryBytes what it is about to take there; 0 for a VM that is only kept there, which
  ///   may be any host
  /// @param preferredId the host to take if it is as good as others; null for none
  /// @param allowed which hosts come into question
  public record Wanted(
      String vmId, long memoryBytes, @Nullable String preferredId, Predicate<HostRow> allowed) {}

  /// Where a VM goes.
  public sealed interface Place {
    record On(HostRow host) implements Place {}

    record Nowhere(Obstacle obstacle) implements Place {}
  }

  /// Memory of a host that a task may count on.
  private record Promise(String taskId, String hostId, long bytes) {}

  /// The hosts of a cluster as they are; other placements in it wait until this transaction ends.
  static Placement inCluster(Transaction transaction, String clusterId) {
    transaction.exclude(List.of("placement " + clusterId));
    var placement = new Placement(PlacementGroups.inCluster(transaction, clusterId));
    for (var host : transaction.related(HostRow.TYPE, "cluster", List.of(clusterId))) {
      placement.hosts.put(host.id(), host);
    }
    placement.readFreeMemory(transaction, clusterId);
    return placement;
  }

  private void readFreeMemory(Transaction transaction, String clusterId) {
    transaction.query(
        """
        SELECT h.id,
               h.total_memory_bytes - h.os_memory_bytes
                 - coalesce((SELECT sum(v.memory)
                             FROM tower.vm AS v
                             WHERE v.host_id = h.id
                               AND v.status IN ('RUNNING', 'SUSPENDED')), 0)
                 - coalesce((SELECT sum(r.bytes)
                             FROM belfry.memory_reservation AS r
                             WHERE r.host_id = h.id), 0)
        FROM tower.host AS h
        WHERE h.cluster_id = ?
        """,
        List.of(clusterId),
        row -> freeBytes.put(row.text(1), row.longValue(2)));
  }

  /// The id of the host that a request names, if it names one: clients send an empty id or
  /// `AUTO_SCHEDULE` for none.
  static Optional<String> namedHost(Params params) {
    return params
        .optionalText("host_id")
        .filter(id -> !id.isEmpty() && !id.equals("AUTO_SCHEDULE"));
  }

  /// The host with this id, named by a request.
  ///
  /// @throws io.belfry.problem.ProblemException if it is in another cluster or takes no VMs now
  HostRow named(Decision decision, String hostId, String parameter) {
    var host = decision.require(HostRow.TYPE, hostId, parameter);
    if (!hosts.containsKey(hostId)) {
      throw refused(parameter, host, "is in another cluster than the VM");
    }
    if (!takesVms(host)) {
      throw refused(parameter, host, "is not connected or in maintenance, so it takes no VMs");
    }
    return host;
  }

  /// A host that takes VMs and has the memory. Of several the one that fulfils most wishes of the
  /// VM's placement groups; of several of these the preferred one, else the one with the most
  /// memory free.
  public Place find(Wanted wanted) {
    return choose(wanted, hosts.values().stream().filter(Placement::takesVms));
  }

  /// This host, which a request has named, if it is one for the VM.
  Place on(HostRow named, Wanted wanted) {
    return choose(wanted, Stream.of(named));
  }

  private Place choose(Wanted wanted, Stream<HostRow> hosts) {
    var vmId = wanted.vmId();
    var runs = wanted.memoryBytes() > 0;
    var possible = hosts.filter(wanted.allowed()).toList();
    var allowed = runs ? possible.stream().filter(groups.allow(vmId)).toList() : possible;
    return allowed.stream()
        .filter(host -> free(host) >= wanted.memoryBytes())
        .min(
            Comparator.comparingInt((HostRow host) -> runs ? groups.unfulfilled(vmId, host) : 0)
                .thenComparing(host -> !host.id().equals(wanted.preferredId()))
                .thenComparing(Comparator.comparingLong(this::free).reversed())
                .thenComparing(HostRow::id))
        .<Place>map(Place.On::new)
        .orElseGet(() ->
            new Place.Nowhere(
                allowed.isEmpty() && !possible.isEmpty() ? Obstacle.GROUPS : Obstacle.MEMORY));
  }

  /// The host with this id, if it is one of the cluster.
  Optional<HostRow> host(@Nullable String hostId) {
    return Optional.ofNullable(hosts.get(hostId));
  }

  /// Takes a VM that is being created for a member of placement groups.
  void join(String vmId, List<String> groupIds) {
    groups.join(vmId, groupIds);
  }

  /// Promises memory of its place, if it has one, to the task that lets a VM run there.
  public void promise(String taskId, Wanted wanted, Place place) {
    if (wanted.memoryBytes() > 0 && place instanceof Place.On(var host)) {
      groups.place(wanted.vmId(), host);
      promise(taskId, host, wanted.memoryBytes());
    }
  }

  /// Promises memory of a host to a task.
  void promise(String taskId, HostRow host, long memoryBytes) {
    promises.add(new Promise(taskId, host.id(), memoryBytes));
    freeBytes.merge(host.id(), -memoryBytes, Long::sum);
  }

  /// Writes all promises down; they last as long as their tasks.
  void keepPromises(Transaction transaction) {
    transaction.execute(
        """
        INSERT INTO belfry.memory_reservation (task_id, host_id, bytes)
        SELECT task_id, host_id, bytes::bigint
        FROM unnest(?::text[], ?::text[], ?::text[]) AS given (task_id, host_id, bytes)
        """,
        List.of(
            promises.stream().map(Promise::taskId).toList(),
            promises.stream().map(Promise::hostId).toList(),
            promises.stream().map(promise -> Long.toString(promise.bytes())).toList()));
  }

  private long free(HostRow host) {
    return freeBytes.getOrDefault(host.id(), 0L);
  }

  private static boolean takesVms(HostRow host) {
    var state = host.hostState();
    var inUse = state == null || state.path("state").asText("IN_USE").equals("IN_USE");
    return inUse && REACHABLE.contains(host.status());
  }

  private static RuntimeException refused(String parameter, HostRow host, String why) {
    return new Problem(
            ProblemCode.PRECONDITION,
            "%s: host %s %s".formatted(parameter, host.name(), why),
            Map.of("field", parameter, "id", host.id()))
        .asException();
  }
}
