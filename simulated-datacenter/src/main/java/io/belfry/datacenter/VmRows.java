package io.belfry.datacenter;

import io.belfry.datacenter.ContentLibrary.Images;
import io.belfry.datacenter.HostRows.PlacedHost;
import io.belfry.datacenter.VmPlan.Disk;
import io.belfry.store.rows.VmClockOffset;
import io.belfry.store.rows.VmDiskIoPolicy;
import io.belfry.store.rows.VmEdit;
import io.belfry.store.rows.VmFirmware;
import io.belfry.store.rows.VmGuestsOperationSystem;
import io.belfry.store.rows.VmHaPriority;
import io.belfry.store.rows.VmToolsStatus;
import io.belfry.store.rows.VmVideoType;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes VMs with all that belongs to them.
final class VmRows {
  private static final DateTimeFormatter RECYCLED =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Construction construction;
  private final ClusterSite site;
  private final List<PlacedHost> hosts;
  private final VolumeRows volumes;
  private final DeviceRows devices;

  /// @param images what is in some VMs' drives; null where there are none
  VmRows(
      Construction construction,
      ClusterSite site,
      List<PlacedHost> hosts,
      @Nullable Images images) {
    this.construction = construction;
    this.site = site;
    this.hosts = hosts;
    volumes = new VolumeRows(construction, site);
    devices = new DeviceRows(construction, site, images);
  }

  /// What a VM belongs to.
  ///
  /// @param folder null for none
  /// @param snapshotPlan null for none
  record Groups(@Nullable String folder, @Nullable String snapshotPlan) {}

  MadeVm add(VmPlan plan, Groups groups) {
    var id = construction.ids().cuid();
    var localId = construction.ids().uuid();
    var made =
        new MadeVm(id, localId, plan, hosts.get(plan.host()), addVolumes(plan), devices.nics(plan));
    addVm(made, groups);
    devices.addDisks(id, made.volumes(), plan.guest().system() == null);
    devices.addNics(id, made.nics());
    return made;
  }

  private List<MadeVm.Volume> addVolumes(VmPlan plan) {
    var made = new ArrayList<MadeVm.Volume>();
    for (var disk : plan.hardware().disks()) {
      var name = "%s-%s".formatted(plan.name(), made.size() + 1);
      made.add(volumes.add(name, disk, plan.tells()));
    }
    return made;
  }

  private void addVm(MadeVm made, Groups groups) {
    var plan = made.plan();
    var hardware = plan.hardware();
    var vm =
        VmEdit.edit()
            .id(made.id())
            .localId(made.localId())
            .clusterId(site.id())
            .hostId(made.host().id())
            .nodeIp(made.host().managementIp())
            .folderId(groups.folder)
            .snapshotPlanId(groups.snapshotPlan)
            .description(plan.workload().purpose())
            .localCreatedAt(construction.past().instant())
            .cpu(Json.cpu(hardware.sockets(), hardware.coresPerSocket()))
            .vcpu(hardware.vcpu())
            .memory(hardware.memoryBytes());
    options(vm, plan.guest().system());
    state(vm, plan);
    guest(vm, plan, made.nics());
    construction.rows().add(vm);
  }

  private static void options(VmEdit vm, @Nullable GuestSystem system) {
    vm.firmware(system == null ? VmFirmware.BIOS : system.firmware())
        .guestOsType(system == null ? VmGuestsOperationSystem.UNKNOWN : system.family())
        .cloudInitSupported(system != null && !system.isWindows())
        .winOpt(system != null && system.isWindows())
        .cpuModel("cluster_default")
        .clockOffset(VmClockOffset.UTC)
        .videoType(VmVideoType.VGA)
        .ioPolicy(VmDiskIoPolicy.RESTRICT_WHOLE_VM)
        .ha(true)
        .haPriority(VmHaPriority.LEVEL_2_MEDIUM)
        .nestedVirtualization(false)
        .internal(false)
        .protected_(false)
        .outUninstallUsb(Json.NONE);
  }

  private void state(VmEdit vm, VmPlan plan) {
    var state = plan.state();
    var stoppedAt = stoppedAt();
    var isStopped = !state.holdsMemory();
    var recycledAt = stoppedAt.plus(Duration.ofMinutes(20));
    vm.status(state.status())
        .name(state.recycled() ? plan.name() + "-" + RECYCLED.format(recycledAt) : plan.name())
        .originalName(state.recycled() ? plan.name() : null)
        .inRecycleBin(state.recycled())
        .deletedAt(state.recycled() ? recycledAt : null)
        .lastShutdownTime(isStopped ? stoppedAt : null)
        .cpuUsage(state.cpuPercent())
        .memoryUsage(state.memoryPercent());
  }

  /// Some moment of the last few days.
  private Instant stoppedAt() {
    return construction
        .now()
        .minus(Duration.ofMinutes(construction.random().nextInt(60, 60 * 100)));
  }

  private static void guest(VmEdit vm, VmPlan plan, List<MadeVm.Nic> nics) {
    var system = plan.guest().tools() ? plan.guest().system() : null;
    vm.vmToolsStatus(toolsStatus(plan))
        .vmToolsVersion(system == null ? null : GuestSystem.TOOLS_VERSION)
        .os(system == null ? null : system.title())
        .kernelInfo(system == null ? null : system.kernel())
        .hostname(system == null ? null : plan.name())
        .dnsServers(system == null ? null : gateways(nics))
        .ips(plan.tells() ? addresses(nics) : "")
        .usedSizeUsage(percentOfSize(plan, Disk::usedBytes))
        .guestSizeUsage(plan.tells() ? percentOfSize(plan, Disk::guestUsedBytes) : null)
        .guestUsedSize(plan.tells() ? sum(plan, Disk::guestUsedBytes) : null);
  }

  private static VmToolsStatus toolsStatus(VmPlan plan) {
    if (!plan.guest().tools()) {
      return VmToolsStatus.NOT_INSTALLED;
    }
    return plan.tells() ? VmToolsStatus.RUNNING : VmToolsStatus.NOT_RUNNING;
  }

  private static String addresses(List<MadeVm.Nic> nics) {
    return nics.stream()
        .flatMap(nic -> Stream.ofNullable(nic.address()))
        .collect(Collectors.joining(","));
  }

  private static @Nullable String gateways(List<MadeVm.Nic> nics) {
    var subnet = nics.getFirst().network().subnet();
    return subnet == null ? null : subnet.gateway();
  }

  private static double percentOfSize(VmPlan plan, ToLongFunction<Disk> part) {
    return Percent.of(sum(plan, part), sum(plan, Disk::sizeBytes));
  }

  private static long sum(VmPlan plan, ToLongFunction<Disk> size) {
    return plan.hardware().disks().stream().mapToLong(size).sum();
  }
}
