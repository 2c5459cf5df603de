package io.belfry.datacenter.faults;

import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.store.Store;
import io.belfry.store.Transaction;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds what the driver calls something that is named by its id in the API, or as the driver does.
public final class DriverIds {
  private final Store store;

  public DriverIds(Store store) {
    this.store = store;
  }

  /// VMs, volumes and snapshots of LUNs.
  Set<String> objects(Set<String> given) {
    return all(
        given,
        "objects",
        "a VM, a volume or a snapshot of a LUN",
        List.of("tower.vm", "tower.vm_volume", "tower.iscsi_lun_snapshot"));
  }

  Set<String> hosts(Set<String> given) {
    return all(given, "hosts", "a host", List.of("tower.host"));
  }

  /// A cluster's storage has the cluster's id.
  Set<String> storages(Set<String> given) {
    return all(given, "storages", "a cluster", List.of("tower.cluster"));
  }

  private Set<String> all(Set<String> given, String key, String what, List<String> tables) {
    if (given.isEmpty()) {
      return given;
    }
    return store.read(transaction -> {
      var found = new LinkedHashSet<String>();
      for (var id : given) {
        found.add(
            tables.stream()
                .flatMap(table -> find(transaction, table, id).stream())
                .findFirst()
                .orElseThrow(() ->
                    new Problem(
                            ProblemCode.OBJECT_NOT_FOUND,
                            "body.%s: %s is the id of nothing here; it must be that of %s"
                                .formatted(key, id, what),
                            Map.of("field", "body." + key, "value", id))
                        .asException()));
      }
      return found;
    });
  }

  private static Optional<String> find(Transaction transaction, String table, String id) {
    return transaction
        .query(
            """
            SELECT local_id
            FROM %s
            WHERE id = ?
               OR local_id = ?
            LIMIT 1
            """
                .formatted(table),
            List.of(id, id),
            row -> row.text(1))
        .stream()
        .findFirst();
  }
}
