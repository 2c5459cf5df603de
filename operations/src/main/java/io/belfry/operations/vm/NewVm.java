package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.hypervisor.Cpu;
import io.belfry.hypervisor.VmId;
import io.belfry.operations.Decision;
import io.belfry.operations.device.Definitions;
import io.belfry.operations.device.FrozenVm;
import io.belfry.operations.device.NewDisks;
import io.belfry.operations.device.NewNics;
import io.belfry.operations.device.Volumes;
import io.belfry.operations.input.Params;
import io.belfry.problem.ProblemCode;
import io.belfry.store.rows.ClusterRow;
import io.belfry.store.rows.EntityAsyncStatus;
import io.belfry.store.rows.VmClockOffset;
import io.belfry.store.rows.VmDiskIoPolicy;
import io.belfry.store.rows.VmDiskIoRestrictType;
import io.belfry.store.rows.VmEdit;
import io.belfry.store.rows.VmFirmware;
import io.belfry.store.rows.VmFolderRow;
import io.belfry.store.rows.VmGuestsOperationSystem;
import io.belfry.store.rows.VmHaPriority;
import io.belfry.store.rows.VmPlacementGroupRow;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmStatus;
import io.belfry.store.rows.VmToolsStatus;
import io.belfry.store.rows.VmVideoType;
import java.util.List;

/// A VM that a decision is about to create: its place, its rows, and the payload of the task that
/// will make it real. What all ways to create a VM have in common.
final class NewVm implements Equipped {
  private static final List<String> NOT_BUILT = List.of("gpu_devices", "pci_nics", "owner");

  private static final String PLACEMENT_GROUP = "vm_placement_group";

  private final NewVms all;
  private final Decision decision;
  private final Params params;
  private final ClusterRow cluster;
  private final String id;
  private final String localId;
  private final String taskId;
  private final NewDisks disks;
  private final NewNics nics;
  private final VolumeFilling filling = new VolumeFilling();
  private final ArrayNode moment = JsonNodeFactory.instance.arrayNode();

  /// Checks what every new VM needs and finds its cluster.
  ///
  /// @throws io.belfry.problem.ProblemException if no VM can be created so
  NewVm(NewVms all, Params params) {
    this.all = all;
    this.decision = all.decision();
    this.params = params;
    this.cluster = all.cluster(params);
    NOT_BUILT.forEach(key -> refuseIfSent(params, key));
    this.id = decision.tools().ids().cuid();
    this.localId = decision.tools().ids().uuid();
    this.taskId = decision.tools().ids().cuid();
    this.disks = new NewDisks(decision, all.volumes(), cluster.id(), id, 0);
    this.nics = new NewNics(decision, all.networks(), cluster.id(), id, 0);
  }

  @Override
  public Decision decision() {
    return decision;
  }

  /// What the request says of the VM.
  Params params() {
    return params;
  }

  String id() {
    return id;
  }

  String taskId() {
    return taskId;
  }

  @Override
  public String name() {
    return params.text("name");
  }

  @Override
  public String clusterId() {
    return cluster.id();
  }

  ClusterRow cluster() {
    return cluster;
  }

  Volumes volumes() {
    return all.volumes();
  }

  @Override
  public NewDisks disks() {
    return disks;
  }

  @Override
  public NewNics nics() {
    return nics;
  }

  /// Has the task take snapshots before it copies them, all as of one moment, and delete them
  /// afterwards.
  void freeze(List<FrozenVm.FrozenVolume> volumes) {
    for (var frozen : volumes) {
      moment
          .addObject()
          .put(VmCreation.SNAPSHOT, frozen.snapshotLocalId())
          .put(VmCreation.VOLUME, frozen.volume().localId());
    }
  }

  @Override
  public String volumeName(JsonNode disk) {
    return "%s-%s".formatted(name(), disk.path("index").intValue());
  }

  @Override
  public VolumeFilling filling() {
    return filling;
  }

  /// Writes the row of a VM that is made from something: it has the CPUs, memory and firmware of
  /// that, unless the request says others.
  ///
  /// @param edit the rest of its configuration
  /// @param cpu as a `cpu` field shows them
  ObjectNode write(VmEdit edit, JsonNode cpu, long memoryBytes) {
    var origin = new Cpu(cpu.path("sockets").intValue(), cpu.path("cores").intValue());
    var cpus = CpuParams.read(params, origin);
    var memory = params.inBaseUnit("memory").orElse(memoryBytes);
    params.optionalText("firmware").map(VmFirmware::of).ifPresent(edit::firmware);
    return write(edit.cpu(CpuParams.json(cpus)).vcpu(cpus.count()).memory(memory), memory);
  }

  /// Writes the VM's row. Its disks and NICs come afterwards.
  ///
  /// @param edit what the way of creation decides: CPUs, memory, firmware and so on
  /// @return the task's payload as far as the place goes; [#complete] adds the devices
  ObjectNode write(VmEdit edit, long memoryBytes) {
    var placement = all.placement(cluster);
    var groups = placementGroups();
    placement.join(id, groups);
    var start = startsAtOnce(params);
    var wanted = new Placement.Wanted(id, start ? memoryBytes : 0, null, _ -> true);
    var place = place(placement, wanted);
    placement.promise(taskId, wanted, place);
    var host = place instanceof Placement.Place.On(var on) ? on : null;
    if (host != null) {
      edit.hostId(host.id());
    }
    decision
        .transaction()
        .insert(
            requested(defaults(edit))
                .id(id)
                .localId(Definitions.placeholder(localId))
                .clusterId(cluster.id())
                .name(name())
                .nodeIp(host == null ? "" : host.managementIp()));
    if (!groups.isEmpty()) {
      decision.transaction().link(VmRow.TYPE, PLACEMENT_GROUP, id, groups);
    }
    var payload = Destination.put(Payloads.empty().put(VmCreation.START, start), place);
    VmTask.identify(payload, id, new VmId(localId));
    return payload;
  }

  /// Adds to a payload what the task must do for the devices.
  ObjectNode complete(ObjectNode payload) {
    filling.put(payload);
    payload.set(VmCreation.MOMENT, moment);
    CreatedVolumes.put(payload, disks.createdVolumes());
    Payloads.putAll(payload, VmCreation.MOUNTED_VOLUMES, disks.mountedVolumeIds());
    return payload;
  }

  private static void refuseIfSent(Params params, String key) {
    if (params.json().hasNonNull(key)) {
      throw params.refused(
          ProblemCode.NOT_BUILT, key, "%s.%s is not built yet".formatted(params.path(), key));
    }
  }

  private static boolean startsAtOnce(Params params) {
    var status = params.optionalText("status").map(VmStatus::of).orElse(VmStatus.STOPPED);
    return switch (status) {
      case RUNNING -> true;
      case STOPPED -> false;
      default ->
          throw params.refused(
              ProblemCode.OUT_OF_RANGE,
              "status",
              "%s.status of a new VM must be RUNNING or STOPPED, not %s"
                  .formatted(params.path(), status.wire()));
    };
  }

  private Placement.Place place(Placement placement, Placement.Wanted wanted) {
    return Placement.namedHost(params)
        .map(named -> placement.named(decision, named, params.path() + ".host_id"))
        .map(named -> placement.on(named, wanted))
        .orElseGet(() -> placement.find(wanted));
  }

  /// The groups that the request puts the VM in, held so that nobody removes them meanwhile.
  private List<String> placementGroups() {
    return params
        .optionalObject(PLACEMENT_GROUP)
        .map(where -> decision.holdIds(VmPlacementGroupRow.TYPE, where))
        .map(this::inCluster)
        .orElse(List.of());
  }

  private List<String> inCluster(List<String> groups) {
    for (var group : decision.transaction().find(VmPlacementGroupRow.TYPE, groups)) {
      if (!group.clusterId().equals(cluster.id())) {
        throw params.refused(
            ProblemCode.PRECONDITION,
            PLACEMENT_GROUP,
            "%s.%s: group %s is in another cluster than the VM"
                .formatted(params.path(), PLACEMENT_GROUP, group.name()));
      }
    }
    return groups;
  }

  private VmEdit defaults(VmEdit edit) {
    return edit.status(VmStatus.STOPPED)
        .inRecycleBin(false)
        .internal(false)
        .ips("")
        .nestedVirtualization(false)
        .outUninstallUsb(JsonNodeFactory.instance.arrayNode())
        .protected_(false)
        .vmToolsStatus(VmToolsStatus.NOT_INSTALLED)
        .cpuUsage(0.0)
        .memoryUsage(0.0)
        .localCreatedAt(decision.tools().clock().instant())
        .entityAsyncStatus(EntityAsyncStatus.CREATING);
  }

  /// What a VM is that is not made from anything.
  static VmEdit blank() {
    return VmEdit.edit()
        .clockOffset(VmClockOffset.UTC)
        .cpuModel("cluster_default")
        .winOpt(false)
        .videoType(VmVideoType.VGA)
        .guestOsType(VmGuestsOperationSystem.UNKNOWN)
        .description("");
  }

  private VmEdit requested(VmEdit edit) {
    params.optionalText("description").ifPresent(edit::description);
    params.optionalFlag("ha").ifPresent(edit::ha);
    params.optionalText("ha_priority").map(VmHaPriority::of).ifPresent(edit::haPriority);
    params
        .optionalText("guest_os_type")
        .map(VmGuestsOperationSystem::of)
        .ifPresent(edit::guestOsType);
    params
        .optionalText("folder_id")
        .map(folder -> decision.require(VmFolderRow.TYPE, folder, params.path() + ".folder_id"))
        .ifPresent(folder -> edit.folderId(folder.id()));
    params.optionalText("io_policy").map(VmDiskIoPolicy::of).ifPresent(edit::ioPolicy);
    params.optionalInt("max_iops").ifPresent(iops -> edit.maxIops(iops));
    params
        .optionalText("max_iops_policy")
        .map(VmDiskIoRestrictType::of)
        .ifPresent(edit::maxIopsPolicy);
    params.inBaseUnit("max_bandwidth").ifPresent(bandwidth -> edit.maxBandwidth(bandwidth));
    params
        .optionalText("max_bandwidth_policy")
        .map(VmDiskIoRestrictType::of)
        .ifPresent(edit::maxBandwidthPolicy);
    return edit;
  }
}
