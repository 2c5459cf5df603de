package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.belfry.hypervisor.GuestSeen;
import io.belfry.hypervisor.PowerState;
import io.belfry.hypervisor.VmDefinition;
import io.belfry.hypervisor.VmSeen;
import io.belfry.hypervisor.VolumeSeen;
import io.belfry.store.Transaction;
import io.belfry.store.rows.HostRow;
import io.belfry.store.rows.IscsiLunEdit;
import io.belfry.store.rows.VmEdit;
import io.belfry.store.rows.VmNicEdit;
import io.belfry.store.rows.VmNicRow;
import io.belfry.store.rows.VmStatus;
import io.belfry.store.rows.VmToolsStatus;
import io.belfry.store.rows.VmVolumeEdit;
import io.belfry.store.rows.VmVolumeRow;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes what a hypervisor shows of a VM into its rows. The one place that knows which field shows
/// what.
public final class VmRecords {
  private VmRecords() {}

  /// Records power, host, guest, usage and volumes of a VM. Of one whose host doesn't answer only
  /// the host is known: that the VM is lost is shown, and it is restarted, once the host is seen to
  /// be.
  ///
  /// @param rowId the VM's id in the store
  public static void record(Transaction transaction, String rowId, VmSeen seen) {
    var host = host(transaction, seen);
    var edit = VmEdit.edit();
    host.ifPresent(its -> edit.hostId(its.id()).nodeIp(its.managementIp()));
    if (seen.power() == PowerState.UNKNOWN) {
      host.ifPresent(_ -> transaction.update(rowId, edit));
      return;
    }
    // All is read before anything is updated: what waits to be written can't wait for longer.
    var nics = nics(transaction, rowId, seen);
    var volumes = volumes(transaction, seen.volumes());
    edit.status(status(seen.power()));
    guest(edit, seen.guest());
    edit.cpuUsage(seen.usage().cpuPercent()).memoryUsage(seen.usage().memoryPercent());
    transaction.update(rowId, edit);
    addresses(transaction, nics, seen);
    volumes.forEach(volume -> volume.write(transaction));
  }

  /// The size that a definition gives a VM.
  static VmEdit size(VmDefinition definition) {
    return VmEdit.edit()
        .cpu(CpuParams.json(definition.cpu()))
        .vcpu(definition.cpu().count())
        .memory(definition.memoryBytes());
  }

  /// Records when a VM was shut down: when its task ended.
  static void recordShutdown(Transaction transaction, VmTask task) {
    transaction.update(
        task.rowId(), VmEdit.edit().lastShutdownTime(task.tools().clock().instant()));
  }

  /// Records what is known of a volume.
  public static void volume(Transaction transaction, VolumeSeen seen) {
    volumes(transaction, List.of(seen)).forEach(volume -> volume.write(transaction));
  }

  private static List<Volume> volumes(Transaction transaction, Collection<VolumeSeen> seen) {
    var byDriverId = seen.stream().collect(Collectors.toMap(one -> one.id().value(), one -> one));
    return transaction
        .rows(VmVolumeRow.TYPE, "WHERE local_id = ANY (?)", List.of(byDriverId.keySet()))
        .stream()
        .map(row -> new Volume(row, Objects.requireNonNull(byDriverId.get(row.localId()))))
        .toList();
  }

  /// A volume as it was recorded last, and as it was seen.
  private record Volume(VmVolumeRow row, VolumeSeen seen) {
    void write(Transaction transaction) {
      var sizeBytes = seen.definition().sizeBytes();
      transaction.update(
          row.id(),
          VmVolumeEdit.edit()
              .size(sizeBytes)
              .usedSize(seen.usedBytes())
              .usedSizeUsage(100.0 * seen.usedBytes() / sizeBytes)
              .uniqueSize(seen.storedBytes())
              .guestUsedSize(seen.guestUsedBytes()));
      if (row.lunId() != null && row.size() != sizeBytes) {
        transaction.update(row.lunId(), IscsiLunEdit.edit().assignedSize(sizeBytes));
      }
    }
  }

  private static VmStatus status(PowerState power) {
    return switch (power) {
      case RUNNING -> VmStatus.RUNNING;
      case STOPPED -> VmStatus.STOPPED;
      case SUSPENDED -> VmStatus.SUSPENDED;
      case UNKNOWN -> VmStatus.UNKNOWN;
    };
  }

  private static Optional<HostRow> host(Transaction transaction, VmSeen seen) {
    return transaction
        .rows(HostRow.TYPE, "WHERE local_id = ?", List.of(seen.host().value()))
        .stream()
        .findFirst();
  }

  private static void guest(VmEdit edit, GuestSeen guest) {
    toolsStatus(guest.tools()).ifPresent(edit::vmToolsStatus);
    edit.ips(guest.nics().stream().map(GuestSeen.Nic::address).collect(Collectors.joining(",")));
    ifKnown(guest.toolsVersion(), edit::vmToolsVersion);
    ifKnown(guest.hostname(), edit::hostname);
    ifKnown(guest.os(), edit::os);
    ifKnown(guest.kernel(), edit::kernelInfo);
    if (!guest.dnsServers().isEmpty()) {
      edit.dnsServers(String.join(",", guest.dnsServers()));
    }
  }

  private static Optional<VmToolsStatus> toolsStatus(GuestSeen.Tools tools) {
    return switch (tools) {
      case UNKNOWN -> Optional.empty();
      case NOT_INSTALLED -> Optional.of(VmToolsStatus.NOT_INSTALLED);
      case NOT_RUNNING -> Optional.of(VmToolsStatus.NOT_RUNNING);
      case RUNNING -> Optional.of(VmToolsStatus.RUNNING);
    };
  }

  /// A guest that is off tells nothing; what it told last stays.
  private static void ifKnown(@Nullable String value, Consumer<String> setter) {
    if (value != null) {
      setter.accept(value);
    }
  }

  /// The VM's NICs if there is something to tell of them.
  private static List<VmNicRow> nics(Transaction transaction, String rowId, VmSeen seen) {
    return seen.guest().nics().isEmpty()
        ? List.of()
        : transaction.related(VmNicRow.TYPE, "vm", List.of(rowId));
  }

  private static void addresses(Transaction transaction, List<VmNicRow> rows, VmSeen seen) {
    for (var nic : seen.guest().nics()) {
      var addresses = JsonNodeFactory.instance.arrayNode().add(nic.address());
      rows.stream()
          .filter(row -> nic.mac().value().equalsIgnoreCase(row.macAddress()))
          .forEach(row ->
              transaction.update(
                  row.id(),
                  VmNicEdit.edit()
                      .ipAddress(nic.address())
                      .subnetMask(nic.subnetMask())
                      .gateway(nic.gateway())
                      .guestInfoIpAddresses(addresses)));
    }
  }
}
