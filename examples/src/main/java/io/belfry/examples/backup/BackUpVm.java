package io.belfry.examples.backup;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.IscsiLunSnapshotApi;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.api.VmSnapshotApi;
import io.belfry.sdk.model.ConsistentType;
import io.belfry.sdk.model.FrozenDisks;
import io.belfry.sdk.model.IscsiLunSnapshot;
import io.belfry.sdk.model.Vm;
import io.belfry.sdk.model.VmDiskType;
import io.belfry.sdk.model.VmSnapshot;
import io.belfry.sdk.model.VmSnapshotCreationParams;
import io.belfry.sdk.model.VmSnapshotCreationParamsData;
import io.belfry.sdk.model.VmToolsStatus;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/// 虚拟机备份: a VM's snapshot, and the snapshots of the LUNs below its disks, which a backup reads.
///
/// The guide takes lists for what is in them, and calls the type of a disk CD-ROM; it is `CD_ROM`.
public final class BackUpVm {
  private BackUpVm() {}

  /// What a backup needs.
  public record Backup(VmSnapshot snapshot, List<IscsiLunSnapshot> lunSnapshots) {}

  /// Takes a snapshot, with consistent file systems where the VM's tools can see to that.
  ///
  /// @throws IllegalArgumentException if there is no such VM
  public static Backup backUp(ApiClient client, String vmName, String snapshotName) {
    var vm =
        new VmApi(client)
            .getVms(q -> q.where(Vm.NAME.is(vmName)).first(1)).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no VM " + vmName));
    var snapshot =
        new VmSnapshotApi(client)
            .createVmSnapshot(params(vm, snapshotName))
            .await(Duration.ofMinutes(5))
            .getFirst();
    return new Backup(snapshot, lunSnapshots(client, snapshot));
  }

  private static VmSnapshotCreationParams params(Vm vm, String snapshotName) {
    var consistency =
        vm.vmToolsStatus().equals(VmToolsStatus.RUNNING)
            ? ConsistentType.FILE_SYSTEM_CONSISTENT
            : ConsistentType.CRASH_CONSISTENT;
    return VmSnapshotCreationParams.builder()
        .data(
            VmSnapshotCreationParamsData.builder()
                .vmId(vm.id())
                .name(snapshotName)
                .consistentType(consistency)
                .build())
        .build();
  }

  /// Disks have them, CD drives don't.
  private static List<IscsiLunSnapshot> lunSnapshots(ApiClient client, VmSnapshot snapshot) {
    var names =
        snapshot.vmDisks().stream()
            .filter(disk -> disk.type().equals(VmDiskType.DISK))
            .map(FrozenDisks::snapshotLocalId)
            .filter(Objects::nonNull)
            .toList();
    return new IscsiLunSnapshotApi(client).getIscsiLunSnapshots(IscsiLunSnapshot.NAME.in(names));
  }

  public static void main(String[] args) throws Exception {
    Program.run(
        args,
        List.of("vm-name", "snapshot-name"),
        (client, given) -> {
          var backup = backUp(client, given.get(0), given.get(1));
          return List.of(backup.snapshot(), backup.lunSnapshots());
        });
  }
}
