package io.belfry.datacenter;

import io.belfry.datacenter.ContentLibrary.Images;
import io.belfry.datacenter.HostRows.PlacedHost;
import io.belfry.datacenter.VmPlan.Disk;
import io.belfry.store.rows.Bus;
import io.belfry.store.rows.IscsiLunEdit;
import io.belfry.store.rows.VmClockOffset;
import io.belfry.store.rows.VmDiskEdit;
import io.belfry.store.rows.VmDiskIoPolicy;
import io.belfry.store.rows.VmDiskType;
import io.belfry.store.rows.VmEdit;
import io.belfry.store.rows.VmFirmware;
import io.belfry.store.rows.VmGuestsOperationSystem;
import io.belfry.store.rows.VmHaPriority;
import io.belfry.store.rows.VmNicEdit;
import io.belfry.store.rows.VmNicModel;
import io.belfry.store.rows.VmNicType;
import io.belfry.store.rows.VmToolsStatus;
import io.belfry.store.rows.VmVideoType;
import io.belfry.store.rows.VmVolumeEdit;
import io.belfry.store.rows.VmVolumeType;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes VMs with their volumes, LUNs, disks, CD drives and network cards.
final class VmRows {
  private static final int STRIPES = 4;
  private static final long STRIPE_BYTES = 256 << 10;
  private static final DateTimeFormatter RECYCLED =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);

  /// The part of a volume's content that the guest's file systems count.
  private static final double GUEST_SHARE = 0.92;

  private final Construction construction;
  private final ClusterSite site;
  private final List<PlacedHost> hosts;
  private final @Nullable Images images;

  /// @param images what is in some VMs' drives; null where there are none
  VmRows(
      Construction construction,
      ClusterSite site,
      List<PlacedHost> hosts,
      @Nullable Images images) {
    this.construction = construction;
    this.site = site;
    this.hosts = hosts;
    this.images = images;
  }

  /// A VM that has been made.
  record MadeVm(
      String id,
      String localId,
      VmPlan plan,
      PlacedHost host,
      List<MadeVolume> volumes,
      List<MadeNic> nics) {
    MadeVm {
      volumes = List.copyOf(volumes);
      nics = List.copyOf(nics);
    }
  }

  record MadeVolume(String id, String localId, String name, String lunId, String path, Disk disk) {}

  /// @param address what the guest uses; null when it does not tell
  record MadeNic(String mac, ClusterSite.Network network, @Nullable String address) {}

  /// What a VM belongs to.
  ///
  /// @param folder null for none
  /// @param snapshotPlan null for none
  record Groups(@Nullable String folder, @Nullable String snapshotPlan) {}

  MadeVm add(VmPlan plan, Groups groups) {
    var host = hosts.get(plan.host());
    var id = construction.ids().cuid();
    var localId = construction.ids().uuid();
    var volumes = new ArrayList<MadeVolume>();
    for (var disk : plan.hardware().disks()) {
      volumes.add(addVolume("%s-%d".formatted(plan.name(), volumes.size() + 1), disk, plan));
    }
    var nics = nics(plan);
    addVm(new MadeVm(id, localId, plan, host, volumes, nics), groups);
    addDisks(id, plan, volumes);
    addNics(id, nics);
    return new MadeVm(id, localId, plan, host, volumes, nics);
  }

  private void addVm(MadeVm made, Groups groups) {
    var plan = made.plan;
    var hardware = plan.hardware();
    var vm =
        VmEdit.edit()
            .id(made.id)
            .localId(made.localId)
            .clusterId(site.id())
            .hostId(made.host.id())
            .nodeIp(made.host.managementIp())
            .folderId(groups.folder)
            .snapshotPlanId(groups.snapshotPlan)
            .description(plan.workload().purpose())
            .localCreatedAt(construction.past().instant())
            .cpu(Json.cpu(hardware.sockets(), hardware.coresPerSocket()))
            .vcpu(hardware.vcpu())
            .memory(hardware.memoryBytes());
    options(vm, plan.guest().system());
    state(vm, plan);
    guest(vm, plan, made.nics);
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

  private static void guest(VmEdit vm, VmPlan plan, List<MadeNic> nics) {
    var system = plan.guest().tools() ? plan.guest().system() : null;
    vm.vmToolsStatus(toolsStatus(plan))
        .vmToolsVersion(system == null ? null : GuestSystem.TOOLS_VERSION)
        .os(system == null ? null : system.title())
        .kernelInfo(system == null ? null : system.kernel())
        .hostname(system == null ? null : plan.name())
        .dnsServers(system == null ? null : gateways(nics))
        .ips(plan.tells() ? addresses(nics) : "")
        .guestUsedSize(plan.tells() ? guestUsedBytes(plan) : null)
        .guestSizeUsage(plan.tells() ? guestSizePercent(plan) : null)
        .usedSizeUsage(percent(usedBytes(plan), sizeBytes(plan)));
  }

  private static VmToolsStatus toolsStatus(VmPlan plan) {
    if (!plan.guest().tools()) {
      return VmToolsStatus.NOT_INSTALLED;
    }
    return plan.tells() ? VmToolsStatus.RUNNING : VmToolsStatus.NOT_RUNNING;
  }

  private static String addresses(List<MadeNic> nics) {
    return nics.stream()
        .flatMap(nic -> Stream.ofNullable(nic.address))
        .collect(Collectors.joining(","));
  }

  private static @Nullable String gateways(List<MadeNic> nics) {
    var subnet = nics.getFirst().network.subnet();
    return subnet == null ? null : subnet.gateway();
  }

  private static long usedBytes(VmPlan plan) {
    return plan.hardware().disks().stream().mapToLong(Disk::usedBytes).sum();
  }

  private static long sizeBytes(VmPlan plan) {
    return plan.hardware().disks().stream().mapToLong(Disk::sizeBytes).sum();
  }

  private static long guestUsedBytes(VmPlan plan) {
    return plan.hardware().disks().stream().mapToLong(VmRows::guestUsedBytes).sum();
  }

  private static long guestUsedBytes(Disk disk) {
    return (long) (disk.contentBytes() * GUEST_SHARE);
  }

  private static double guestSizePercent(VmPlan plan) {
    return percent(guestUsedBytes(plan), sizeBytes(plan));
  }

  private static double percent(long part, long whole) {
    return Math.round(10_000.0 * part / whole) / 100.0;
  }

  private MadeVolume addVolume(String name, Disk disk, VmPlan plan) {
    var id = construction.ids().cuid();
    var localId = construction.ids().uuid();
    var lun = site.datastore().nextLun();
    var lunId = construction.ids().cuid();
    addLun(lunId, localId, lun, disk);
    var volume = new MadeVolume(id, localId, name, lunId, site.datastore().path(lun), disk);
    var guestUsedBytes = plan.tells() ? guestUsedBytes(disk) : null;
    construction
        .rows()
        .add(
            VmVolumeEdit.edit()
                .id(id)
                .localId(localId)
                .clusterId(site.id())
                .lunId(lunId)
                .name(name)
                .description("")
                .path(volume.path)
                .type(VmVolumeType.KVM_VOLUME)
                .sharing(false)
                .size(disk.sizeBytes())
                .usedSize(disk.usedBytes())
                .usedSizeUsage(percent(disk.usedBytes(), disk.sizeBytes()))
                .uniqueSize(disk.storedBytes())
                .uniqueLogicalSize((double) disk.usedBytes())
                .guestUsedSize(guestUsedBytes)
                .guestSizeUsage(
                    guestUsedBytes == null ? null : percent(guestUsedBytes, disk.sizeBytes()))
                .elfStoragePolicy(disk.policy().type())
                .elfStoragePolicyReplicaNum(disk.policy().replicas())
                .elfStoragePolicyStripeNum(STRIPES)
                .elfStoragePolicyThinProvision(disk.policy().thin())
                .residentInCache(false)
                .localCreatedAt(construction.past().instant()));
    return volume;
  }

  private void addLun(String id, String name, int number, Disk disk) {
    construction
        .rows()
        .add(
            withoutLimits(IscsiLunEdit.edit())
                .id(id)
                .localId(construction.ids().uuid())
                .iscsiTargetId(site.datastore().targetId())
                .lunId(number)
                .name(name)
                .zbsVolumeId(construction.ids().uuid())
                .allowedInitiators("*/*")
                .assignedSize(disk.sizeBytes())
                .uniqueSize(disk.storedBytes())
                .uniqueLogicalSize((double) disk.usedBytes())
                .sharedSize(0)
                .replicaNum(disk.policy().replicas())
                .thinProvision(disk.policy().thin())
                .stripeNum(STRIPES)
                .stripeSize(STRIPE_BYTES)
                .localCreatedAt(construction.past().instant()));
  }

  private static IscsiLunEdit withoutLimits(IscsiLunEdit lun) {
    return lun.bps(0)
        .bpsMax(0)
        .bpsMaxLength(0)
        .bpsRd(0)
        .bpsRdMax(0)
        .bpsRdMaxLength(0)
        .bpsWr(0)
        .bpsWrMax(0)
        .bpsWrMaxLength(0)
        .ioSize(0)
        .iops(0)
        .iopsMax(0)
        .iopsMaxLength(0)
        .iopsRd(0)
        .iopsRdMax(0)
        .iopsRdMaxLength(0)
        .iopsWr(0)
        .iopsWrMax(0)
        .iopsWrMaxLength(0);
  }

  private void addDisks(String vmId, VmPlan plan, List<MadeVolume> volumes) {
    var bus = site.isElf() ? Bus.VIRTIO : Bus.SCSI;
    var boot = 0;
    for (var volume : volumes) {
      construction
          .rows()
          .add(
              disk(vmId, boot)
                  .type(VmDiskType.DISK)
                  .bus(bus)
                  .vmVolumeId(volume.id)
                  .serial(volume.localId)
                  .device(device(bus, boot))
                  .elfImageId(null)
                  .svtImageId(null));
      boot++;
    }
    construction
        .rows()
        .add(
            disk(vmId, boot)
                .type(VmDiskType.CD_ROM)
                .bus(Bus.IDE)
                .vmVolumeId(null)
                .serial("")
                .device("hda")
                .elfImageId(
                    images != null && plan.guest().system() == null ? images.installer() : null)
                .svtImageId(null));
  }

  private VmDiskEdit disk(String vmId, int boot) {
    return VmDiskEdit.edit()
        .id(construction.ids().cuid())
        .vmId(vmId)
        .boot(boot)
        .key(boot)
        .disabled(false);
  }

  private static String device(Bus bus, int number) {
    return (bus == Bus.VIRTIO ? "vd" : "sd") + (char) ('a' + number);
  }

  private List<MadeNic> nics(VmPlan plan) {
    var nics = new ArrayList<MadeNic>();
    for (var network : site.networks().subList(0, plan.hardware().nics())) {
      var subnet = network.subnet();
      var address = plan.tells() && subnet != null ? subnet.next() : null;
      nics.add(new MadeNic(construction.macs().ofVm(), network, address));
    }
    return nics;
  }

  private void addNics(String vmId, List<MadeNic> nics) {
    for (var order = 0; order < nics.size(); order++) {
      var nic = nics.get(order);
      var subnet = nic.address == null ? null : nic.network.subnet();
      construction
          .rows()
          .add(
              VmNicEdit.edit()
                  .id(construction.ids().cuid())
                  .localId(construction.ids().uuid())
                  .vmId(vmId)
                  .vlanId(nic.network.id())
                  .order(order)
                  .macAddress(nic.mac)
                  .model(VmNicModel.VIRTIO)
                  .type(VmNicType.VLAN)
                  .enabled(true)
                  .mirror(false)
                  .ipAddress(nic.address)
                  .subnetMask(subnet == null ? null : Subnet.MASK)
                  .gateway(subnet == null ? null : subnet.gateway())
                  .guestInfoIpAddresses(nic.address == null ? Json.NONE : Json.texts(nic.address))
                  .guestInfoIpAddressesV6(Json.NONE)
                  .egressRateLimitEnabled(false)
                  .ingressRateLimitEnabled(false));
    }
  }
}
