package io.belfry.operations.vm;

import io.belfry.store.Transaction;
import io.belfry.store.rows.IscsiLunRow;
import io.belfry.store.rows.IsolationPolicyRow;
import io.belfry.store.rows.VmDiskRow;
import io.belfry.store.rows.VmEntityFilterResultRow;
import io.belfry.store.rows.VmNicRow;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmVolumeRow;
import java.util.List;
import java.util.Objects;

/// Removes the rows of a VM and of volumes that go with it.
public final class VmRemoval {
  private VmRemoval() {}

  /// Removes a VM with all that can't be without it, such as its NICs, disks and CD drives, and
  /// these volumes with their LUNs.
  public static void remove(Transaction transaction, String vmId, List<String> volumeIds) {
    var nics = transaction.related(VmNicRow.TYPE, "vm", List.of(vmId));
    transaction.delete(VmNicRow.TYPE, nics.stream().map(VmNicRow::id).toList());
    var disks = transaction.related(VmDiskRow.TYPE, "vm", List.of(vmId));
    transaction.delete(VmDiskRow.TYPE, disks.stream().map(VmDiskRow::id).toList());
    removeVolumes(transaction, volumeIds);
    var found = transaction.related(VmEntityFilterResultRow.TYPE, "vm", List.of(vmId));
    transaction.delete(
        VmEntityFilterResultRow.TYPE, found.stream().map(VmEntityFilterResultRow::id).toList());
    var policies = transaction.related(IsolationPolicyRow.TYPE, "vm", List.of(vmId));
    transaction.delete(
        IsolationPolicyRow.TYPE, policies.stream().map(IsolationPolicyRow::id).toList());
    transaction.delete(VmRow.TYPE, List.of(vmId));
  }

  /// Removes volumes that no disk refers to, with their LUNs.
  public static void removeVolumes(Transaction transaction, List<String> volumeIds) {
    var luns =
        transaction.find(VmVolumeRow.TYPE, volumeIds).stream()
            .map(VmVolumeRow::lunId)
            .filter(Objects::nonNull)
            .toList();
    transaction.delete(VmVolumeRow.TYPE, volumeIds);
    transaction.delete(IscsiLunRow.TYPE, luns);
  }
}
