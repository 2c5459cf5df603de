package io.belfry.operations.device;

import io.belfry.store.Transaction;
import io.belfry.store.rows.IscsiLunSnapshotRow;
import io.belfry.store.rows.VmSnapshotRow;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// How the rows of snapshots hang together: each frozen disk of a VM snapshot names the LUN
/// snapshot that holds its content.
public final class SnapshotRows {
  /// Where a frozen disk names the LUN snapshot with its content.
  public static final String SNAPSHOT_LOCAL_ID = "snapshot_local_id";

  private SnapshotRows() {}

  /// The LUN snapshots that belong to VM snapshots.
  public static List<IscsiLunSnapshotRow> ofLuns(
      Transaction transaction, List<String> vmSnapshotIds) {
    var names =
        transaction.find(VmSnapshotRow.TYPE, vmSnapshotIds).stream()
            .flatMap(SnapshotRows::lunSnapshotNames)
            .toList();
    return transaction.rows(
        IscsiLunSnapshotRow.TYPE, "WHERE name = ANY (?) ORDER BY id", List.of(names));
  }

  /// The VM snapshot that a LUN snapshot belongs to, if it does to one.
  public static Optional<VmSnapshotRow> ofVm(
      Transaction transaction, IscsiLunSnapshotRow lunSnapshot) {
    return transaction
        .rows(
            VmSnapshotRow.TYPE,
            "WHERE vm_disks @> jsonb_build_array(jsonb_build_object('%s', ?::text)) LIMIT 1"
                .formatted(SNAPSHOT_LOCAL_ID),
            List.of(lunSnapshot.name()))
        .stream()
        .findFirst();
  }

  private static Stream<String> lunSnapshotNames(VmSnapshotRow snapshot) {
    var disks = snapshot.vmDisks();
    if (disks == null) {
      return Stream.empty();
    }
    return StreamSupport.stream(disks.spliterator(), false)
        .map(disk -> disk.path(SNAPSHOT_LOCAL_ID).asText(""))
        .filter(name -> !name.isEmpty());
  }
}
