package io.belfry.datacenter;

import static io.belfry.datacenter.Bytes.GB;

import io.belfry.store.rows.CpuFanSpeedUnit;
import io.belfry.store.rows.DiskEdit;
import io.belfry.store.rows.DiskFunction;
import io.belfry.store.rows.DiskType;
import io.belfry.store.rows.DiskUsage;
import io.belfry.store.rows.HostConnectStatus;
import io.belfry.store.rows.HostEdit;
import io.belfry.store.rows.HostMergedStatus;
import io.belfry.store.rows.HostState;
import io.belfry.store.rows.HostStatus;
import io.belfry.store.rows.IommuStatus;
import io.belfry.store.rows.NetworkType;
import io.belfry.store.rows.NicDriverState;
import io.belfry.store.rows.NicEdit;
import io.belfry.store.rows.NicUserUsage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Makes hosts with their disks and network cards.
final class HostRows {
  private static final int DATA_DISKS = 8;
  private static final int SCVM_CPUS = 8;
  private static final long SCVM_MEMORY_BYTES = 24 * Bytes.GIB;

  private final Construction construction;
  private final Map<ClusterKind, Integer> numbers = new EnumMap<>(ClusterKind.class);

  HostRows(Construction construction) {
    this.construction = construction;
  }

  /// A host that has been made.
  ///
  /// @param badDisks those that need somebody's attention
  record PlacedHost(
      String id, String localId, String name, String managementIp, List<BadDisk> badDisks) {
    PlacedHost {
      badDisks = List.copyOf(badDisks);
    }
  }

  record BadDisk(String id, String localId, String name, DiskCondition condition) {}

  /// The hosts of a cluster that shall have these VMs.
  List<PlacedHost> add(ClusterSite site, List<VmPlan> vms) {
    var usedBytes = vms.stream().mapToLong(HostRows::storedBytes).sum();
    var shares = new Shares(usedBytes, site.plan().hosts());
    var hertz = site.plan().kind().hostModel().hertzPerThread();
    var usedHertz = new double[site.plan().hosts()];
    for (var vm : vms) {
      usedHertz[vm.host()] += vm.hardware().vcpu() * vm.state().cpuPercent() / 100 * hertz;
    }
    var hosts = new ArrayList<PlacedHost>();
    for (var index = 0; index < site.plan().hosts(); index++) {
      hosts.add(add(site, index, shares.of(index), usedHertz[index]));
    }
    return hosts;
  }

  private static long storedBytes(VmPlan vm) {
    return vm.hardware().disks().stream().mapToLong(VmPlan.Disk::storedBytes).sum();
  }

  private PlacedHost add(ClusterSite site, int index, long usedBytes, double usedHertz) {
    var kind = site.plan().kind();
    var name = kind.hostName(numbers.merge(kind, 1, Integer::sum));
    var managementIp = site.plan().managementIp(11 + index);
    var id = construction.ids().cuid();
    var localId = construction.ids().uuid();
    var conditions = new ArrayList<DiskCondition>();
    for (var disk = 0; disk < DATA_DISKS; disk++) {
      conditions.add(DiskCondition.of(kind, index, disk));
    }
    var host =
        HostEdit.edit()
            .id(id)
            .localId(localId)
            .clusterId(site.id())
            .name(name)
            .managementIp(managementIp)
            .dataIp(site.plan().dataIp(11 + index))
            .serial(serial())
            .chunkId(String.valueOf(index + 1))
            .osVersion(kind.version());
    state(host, site.plan().hasLostHost() && index == site.plan().hosts() - 1, conditions);
    processors(host, kind.hostModel(), usedHertz);
    memory(host, kind);
    storage(host, kind, conditions, usedBytes);
    construction.rows().add(host);
    addNics(site, id, index);
    return new PlacedHost(id, localId, name, managementIp, addDisks(kind, id, conditions));
  }

  private static void state(HostEdit host, boolean lost, List<DiskCondition> conditions) {
    var unwell = conditions.stream().anyMatch(DiskCondition::isUnwell);
    var status = unwell ? HostStatus.CONNECTED_WARNING : HostStatus.CONNECTED_HEALTHY;
    var merged = unwell ? HostMergedStatus.UNUSUAL : HostMergedStatus.HEALTHY;
    host.state(HostState.IN_USE)
        .status(lost ? HostStatus.CONNECTED_ERROR : status)
        .mergedStatus(lost ? HostMergedStatus.DISCONNECTED : merged)
        .connectStatus(lost ? HostConnectStatus.DISCONNECTED : HostConnectStatus.CONNECTED)
        .hostState(
            Json.object()
                .put("state", "IN_USE")
                .put("enter_maintenance_time", "")
                .put("maintenance_job_id", ""))
        .lsmCapDiskSafeUmount(true)
        .isOsInRaid1(true)
        .iommu(IommuStatus.ENABLE)
        .nestedVirtualization(false);
  }

  private void processors(HostEdit host, HostModel model, double usedHertz) {
    host.model(model.title())
        .cpuBrand(model.processor())
        .cpuModel("Icelake-Server")
        .cpuVendor("GenuineIntel")
        .compatibleCpuModels(Json.texts("Skylake-Server", "Cascadelake-Server", "Icelake-Server"))
        .cpuHzPerCore(model.hertzPerThread())
        .totalCpuSockets(HostModel.SOCKETS)
        .totalCpuCores(model.threads())
        .totalCpuHz(model.threads() * model.hertzPerThread())
        .usedCpuHz(usedHertz)
        .cpuFanSpeedUnit(CpuFanSpeedUnit.RPM)
        .cpuFanSpeed(
            Json.list()
                .add((double) construction.random().nextInt(5_800, 6_400))
                .add((double) construction.random().nextInt(5_800, 6_400)))
        .cpuTemperatureCelsius(
            Json.list()
                .add(construction.random().nextInt(42, 58))
                .add(construction.random().nextInt(42, 58)));
  }

  private static void memory(HostEdit host, ClusterKind kind) {
    host.totalMemoryBytes(kind.hostModel().memoryBytes())
        .osMemoryBytes(HostModel.OS_MEMORY_BYTES)
        .pmemDimmCapacity(0)
        .pmemDimmCount(0)
        .pmemDiskCount(0);
    if (kind == ClusterKind.VMWARE) {
      host.scvmCpu(SCVM_CPUS).scvmMemory(SCVM_MEMORY_BYTES);
    }
  }

  private static void storage(
      HostEdit host, ClusterKind kind, List<DiskCondition> conditions, long usedBytes) {
    var mounted = conditions.stream().filter(DiskCondition::isMounted).count();
    var failed = conditions.stream().filter(DiskCondition::isFailed).count();
    host.totalDataCapacity(mounted * kind.dataDiskBytes())
        .hddDataCapacity(mounted * kind.dataDiskBytes())
        .ssdDataCapacity(0)
        .failureDataSpace(failed * kind.dataDiskBytes())
        .usedDataSpace(usedBytes)
        .totalCacheCapacity(2 * DiskModel.NVME.bytes())
        .withFasterSsdAsCache(true);
  }

  private List<BadDisk> addDisks(ClusterKind kind, String hostId, List<DiskCondition> conditions) {
    for (var slot = 0; slot < 2; slot++) {
      addDisk(hostId, "sd" + (char) ('a' + slot), slot, DiskModel.SYSTEM, DiskCondition.HEALTHY);
      addDisk(hostId, "nvme%sn1".formatted(slot), 2 + slot, DiskModel.NVME, DiskCondition.HEALTHY);
    }
    var bad = new ArrayList<BadDisk>();
    for (var disk = 0; disk < DATA_DISKS; disk++) {
      var name = "sd" + (char) ('c' + disk);
      var condition = conditions.get(disk);
      var model = new DiskModel(DiskType.HDD, DiskFunction.DATA, kind.dataDiskBytes());
      var added = addDisk(hostId, name, 4 + disk, model, condition);
      if (condition != DiskCondition.HEALTHY) {
        bad.add(added);
      }
    }
    return bad;
  }

  /// A kind of disk.
  private record DiskModel(DiskType type, DiskFunction function, long bytes) {
    static final DiskModel SYSTEM =
        new DiskModel(DiskType.SATA_OR_SAS_SSD, DiskFunction.SMTX_SYSTEM, 480 * GB);
    static final DiskModel NVME = new DiskModel(DiskType.NVMe_SSD, DiskFunction.CACHE, 1_920 * GB);

    String name() {
      return switch (type) {
        case HDD -> "ST%sNM000A".formatted(bytes / GB);
        case NVMe_SSD -> "SSDPE2KE016T8";
        case SATA_OR_SAS_SSD, SSD, PMem -> "SSDSC2KB480G8";
      };
    }

    DiskUsage usage() {
      return switch (function) {
        case DATA, UNMOUNT -> DiskUsage.DATA;
        case CACHE -> DiskUsage.CACHE;
        case SMTX_SYSTEM -> DiskUsage.CACHE_AND_META;
        case BOOT -> DiskUsage.BOOT;
      };
    }
  }

  private BadDisk addDisk(
      String hostId, String name, int slot, DiskModel model, DiskCondition condition) {
    var disk = new BadDisk(construction.ids().cuid(), construction.ids().uuid(), name, condition);
    var partition =
        Json.object()
            .put("name", name + "1")
            .put("path", "/dev/%s1".formatted(name))
            .put("size", model.bytes)
            .put("usage", model.function == DiskFunction.CACHE ? "CACHE" : "PARTITION")
            .put("used_size", 0);
    construction
        .rows()
        .add(
            DiskEdit.edit()
                .id(disk.id)
                .localId(disk.localId)
                .hostId(hostId)
                .name(name)
                .path("/dev/" + name)
                .serial(serial())
                .model(model.name())
                .firmware("SN0" + slot % 3)
                .size(model.bytes)
                .type(model.type)
                .usage(model.usage())
                .recommendedUsage(model.usage())
                .function(condition.isMounted() ? model.function : DiskFunction.UNMOUNT)
                .healthy(!condition.isUnwell())
                .healthStatus(condition.health())
                .usageStatus(condition.usage())
                .mounted(condition.isMounted())
                .offline(false)
                .partitions(condition.isMounted() ? Json.list(List.of(partition)) : Json.NONE)
                .physicalSlotOnBrick(slot)
                .numaNode(slot % 2)
                .remainingLifePercent(
                    model.type == DiskType.HDD ? null : construction.random().nextInt(70, 100))
                .failureInformation(condition.failure()));
    return disk;
  }

  private void addNics(ClusterSite site, String hostId, int host) {
    var switches = site.switches();
    var pairs =
        List.of(
            new NicPair("eno%s", 1, 10_000, NetworkType.MANAGEMENT, switches.management()),
            new NicPair("ens1f%s", 0, 25_000, NetworkType.VM, switches.vm()),
            new NicPair("ens2f%s", 0, 25_000, NetworkType.STORAGE, switches.storage()));
    for (var pair : pairs) {
      for (var port = 0; port < 2; port++) {
        addNic(site.plan(), hostId, host, pair, port);
      }
    }
  }

  /// The two ports of a card, of which one is in use and the other stands by.
  private record NicPair(
      String name, int firstPort, int megabits, NetworkType type, String switchId) {}

  private void addNic(ClusterPlan plan, String hostId, int host, NicPair pair, int port) {
    var address =
        switch (pair.type) {
          case MANAGEMENT -> plan.managementIp(11 + host);
          case STORAGE -> plan.dataIp(11 + host);
          case ACCESS, MIGRATION, STORAGE_ACCESS, VM, VPC_SYS, VPC_VM, ERSPAN -> null;
        };
    construction
        .rows()
        .add(
            NicEdit.edit()
                .id(construction.ids().cuid())
                .localId(construction.ids().uuid())
                .hostId(hostId)
                .vdsId(pair.switchId)
                .name(pair.name.formatted(pair.firstPort + port))
                .macAddress(construction.macs().ofHost())
                .ipAddress(port == 0 ? address : null)
                .subnetMask(port == 0 && address != null ? "255.255.255.0" : null)
                .model("MT27800 Family [ConnectX-5]")
                .driver("mlx5_core")
                .driverState(NicDriverState.READY)
                .mtu(1_500)
                .speed(pair.megabits * 1_000_000L)
                .type(pair.type)
                .physical(true)
                .running(true)
                .up(true)
                .isSriov(false)
                .maxVfNum(0)
                .totalVfNum(0)
                .usedVfNum(0)
                .rdmaEnabled(false)
                .userUsage(NicUserUsage.DEFAULT));
  }

  private String serial() {
    return Long.toString(construction.random().nextLong(1L << 40, 1L << 41), 36)
        .toUpperCase(Locale.ROOT);
  }
}
