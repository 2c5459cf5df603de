package io.belfry.operations.device;

import io.belfry.operations.Decision;
import io.belfry.operations.input.Params;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.store.rows.Bus;
import io.belfry.store.rows.EntityAsyncStatus;
import io.belfry.store.rows.VmDiskEdit;
import io.belfry.store.rows.VmDiskIoRestrictType;
import io.belfry.store.rows.VmDiskType;
import io.belfry.store.rows.VmVolumeEdit;
import io.belfry.store.rows.VmVolumeElfStoragePolicyType;
import io.belfry.store.rows.VmVolumeRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Writes the rows of disks and CD drives that a request adds to one VM, and of volumes that have
/// to be created for them. Collects what was written, for the task to act on or to take back.
public final class NewDisks {
  private static final int LIMIT = 64;

  private final Decision decision;
  private final Volumes volumes;
  private final String clusterId;
  private final String vmId;
  private final List<String> diskIds = new ArrayList<>();
  private final List<Volumes.Added> createdVolumes = new ArrayList<>();
  private final List<String> mountedVolumeIds = new ArrayList<>();
  private int nextKey;

  /// @param firstKey the first free slot of the VM
  public NewDisks(Decision decision, Volumes volumes, String clusterId, String vmId, int firstKey) {
    this.decision = decision;
    this.volumes = volumes;
    this.clusterId = clusterId;
    this.vmId = vmId;
    this.nextKey = firstKey;
  }

  /// The ids of the disks and CD drives written so far, in order.
  public List<String> diskIds() {
    return List.copyOf(diskIds);
  }

  /// The volumes that must be created.
  public List<Volumes.Added> createdVolumes() {
    return List.copyOf(createdVolumes);
  }

  /// The ids of the volumes that existed before and are locked now.
  public List<String> mountedVolumeIds() {
    return List.copyOf(mountedVolumeIds);
  }

  /// Everything that `vm_disks` of a request describes: CD drives, existing volumes, new ones.
  public void add(Params vmDisks) {
    addExisting(vmDisks);
    newDisks(vmDisks).forEach(this::create);
  }

  /// The CD drives and existing volumes that `vm_disks` of a request describes.
  public void addExisting(Params vmDisks) {
    vmDisks.objects("mount_cd_roms").forEach(this::addCdRom);
    vmDisks.objects("mount_disks").forEach(this::mount);
  }

  /// The disks with new volumes that `vm_disks` of a request describes.
  public static List<Params> newDisks(Params vmDisks) {
    return vmDisks.objects("mount_new_create_disks");
  }

  /// A CD drive, empty or with an image of the cluster or the content library.
  public void addCdRom(Params drive) {
    var row = row(drive.intValue("boot"), Bus.IDE, VmDiskType.CD_ROM).disabled(false);
    Images.chosen(decision, clusterId, drive).ifPresent(image -> row.elfImageId(image.id()));
    write(drive, row);
  }

  /// A CD drive as another VM has or had it, with an image of either kind or none.
  public void addCdRom(
      int boot, boolean disabled, @Nullable String elfImageId, @Nullable String svtImageId) {
    insert(
        row(boot, Bus.IDE, VmDiskType.CD_ROM)
            .disabled(disabled)
            .elfImageId(elfImageId)
            .svtImageId(svtImageId));
  }

  /// A disk whose volume is created with it.
  ///
  /// @return the volume's id
  public String create(Volumes.NewVolume volume, int boot, Bus bus) {
    var added = volumes.add(volume);
    createdVolumes.add(added);
    insert(row(boot, bus, VmDiskType.DISK).vmVolumeId(added.id()));
    return added.id();
  }

  /// A disk whose volume is created with it, empty, as a request describes both.
  public void create(Params disk) {
    NewNics.refuseUnbuilt(disk.object("vm_volume"), "path");
    create(disk, newVolume(disk));
  }

  /// A disk as a request describes it, whose volume is created with it.
  ///
  /// @return the volume's id
  public String create(Params disk, Volumes.NewVolume volume) {
    var added = volumes.add(volume);
    createdVolumes.add(added);
    write(disk, row(disk.intValue("boot"), bus(disk), VmDiskType.DISK).vmVolumeId(added.id()));
    return added.id();
  }

  /// The volume that a request describes for a disk.
  public Volumes.NewVolume newVolume(Params disk) {
    var volume = disk.object("vm_volume");
    NewNics.refuseUnbuilt(volume, "elf_ec_storage_policy");
    return new Volumes.NewVolume(
        clusterId,
        volume.text("name"),
        "",
        volume.inBaseUnit("size").orElseThrow(),
        VmVolumeElfStoragePolicyType.of(volume.text("elf_storage_policy")),
        false);
  }

  /// A disk with a volume that exists, locked by the caller, who has made sure that the VM may have
  /// it.
  public void mount(VmVolumeRow volume, int boot, Bus bus) {
    lock(volume);
    insert(row(boot, bus, VmDiskType.DISK).vmVolumeId(volume.id()));
  }

  private void lock(VmVolumeRow volume) {
    mountedVolumeIds.add(volume.id());
    decision
        .transaction()
        .update(volume.id(), VmVolumeEdit.edit().entityAsyncStatus(EntityAsyncStatus.UPDATING));
  }

  private void mount(Params disk) {
    var volume =
        volumes.toMount(disk.text("vm_volume_id"), clusterId, disk.path() + ".vm_volume_id");
    lock(volume);
    write(disk, row(disk.intValue("boot"), bus(disk), VmDiskType.DISK).vmVolumeId(volume.id()));
  }

  private VmDiskEdit row(int boot, Bus bus, VmDiskType type) {
    return VmDiskEdit.edit()
        .id(decision.tools().ids().cuid())
        .vmId(vmId)
        .boot(boot)
        .bus(bus)
        .type(type);
  }

  private void write(Params params, VmDiskEdit row) {
    params.optionalInt("max_iops").ifPresent(iops -> row.maxIops(iops));
    params
        .optionalText("max_iops_policy")
        .map(VmDiskIoRestrictType::of)
        .ifPresent(row::maxIopsPolicy);
    params.inBaseUnit("max_bandwidth").ifPresent(bandwidth -> row.maxBandwidth(bandwidth));
    params
        .optionalText("max_bandwidth_policy")
        .map(VmDiskIoRestrictType::of)
        .ifPresent(row::maxBandwidthPolicy);
    insert(row);
  }

  private void insert(VmDiskEdit row) {
    if (nextKey >= LIMIT) {
      throw new Problem(
              ProblemCode.OUT_OF_RANGE,
              "a VM can have at most %s disks and CD drives".formatted(LIMIT))
          .asException();
    }
    decision.transaction().insert(row.key(nextKey++));
    diskIds.add((String) Objects.requireNonNull(row.values().get("id")));
  }

  private static Bus bus(Params disk) {
    return Bus.of(disk.text("bus"));
  }
}
