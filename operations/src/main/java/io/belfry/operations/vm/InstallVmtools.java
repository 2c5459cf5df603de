package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.hypervisor.Device;
import io.belfry.hypervisor.ImageId;
import io.belfry.operations.Decision;
import io.belfry.operations.device.Definitions;
import io.belfry.operations.input.Params;
import io.belfry.problem.ProblemCode;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.SvtImageRow;
import io.belfry.store.rows.VmDiskEdit;
import io.belfry.store.rows.VmDiskRow;
import io.belfry.store.rows.VmDiskType;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmStatus;
import io.belfry.tasks.TaskWork.Recording;
import java.util.List;
import java.util.Optional;

/// `install-vmtools`: puts the image with the guest tools into a CD drive, that which the request
/// names, or the first of the VM and the newest image of its cluster. Somebody has to install them
/// in the guest.
final class InstallVmtools implements VmChange {
  private static final String DRIVE = "cd_rom_id";
  private static final String IMAGE = "svt_image_id";
  private static final String IMAGE_ROW = "image";
  private static final String IMAGE_DEVICE = "image_device";

  @Override
  public String path() {
    return "install-vmtools";
  }

  @Override
  public String mutation() {
    return "updateVm";
  }

  @Override
  public LocalizedText description(VmRow vm) {
    return new LocalizedText(
        "Edit VM %s CD-ROM".formatted(vm.name()), "编辑虚拟机 %s 的光驱".formatted(vm.name()));
  }

  @Override
  public List<ObjectNode> prepare(Decision decision, List<Target> targets, Params data) {
    targets.forEach(
        target -> VmRules.requireStatus(target.vm(), VmStatus.RUNNING, VmStatus.STOPPED));
    return targets.stream().map(target -> prepare(decision, target.vm(), data)).toList();
  }

  private static ObjectNode prepare(Decision decision, VmRow vm, Params data) {
    var drive = drive(decision, vm, data);
    var image = image(decision, vm, data);
    return NamedDisks.payload(List.of(drive))
        .put(IMAGE_ROW, image.id())
        .put(IMAGE_DEVICE, image.localId());
  }

  private static VmDiskRow drive(Decision decision, VmRow vm, Params data) {
    var named = data.optionalText(DRIVE);
    return new Definitions(decision.transaction())
        .disks(vm.id()).stream()
            .filter(disk -> disk.type() == VmDiskType.CD_ROM)
            .filter(disk -> named.isEmpty() || named.get().equals(disk.id()))
            .findFirst()
            .orElseThrow(() ->
                data.refused(
                    ProblemCode.PRECONDITION,
                    DRIVE,
                    "%s.%s: VM %s has no %s; add-vm-cd-rom gives it one"
                        .formatted(
                            data.path(),
                            DRIVE,
                            vm.name(),
                            named.map("CD drive "::concat).orElse("CD drive"))));
  }

  private static SvtImageRow image(Decision decision, VmRow vm, Params data) {
    var cluster = VmRules.cluster(vm);
    var named = data.optionalText(IMAGE);
    if (named.isEmpty()) {
      return newest(decision, cluster)
          .orElseThrow(() ->
              data.refused(
                  ProblemCode.PRECONDITION,
                  IMAGE,
                  "%s.%s: the cluster of VM %s has no image with guest tools"
                      .formatted(data.path(), IMAGE, vm.name())));
    }
    var image = decision.require(SvtImageRow.TYPE, named.get(), data.path() + "." + IMAGE);
    if (!image.clusterId().equals(cluster)) {
      throw data.refused(
          ProblemCode.PRECONDITION,
          IMAGE,
          "%s.%s: image %s is in another cluster than VM %s"
              .formatted(data.path(), IMAGE, image.name(), vm.name()));
    }
    return image;
  }

  private static Optional<SvtImageRow> newest(Decision decision, String clusterId) {
    return decision
        .transaction()
        .rows(
            SvtImageRow.TYPE,
            "WHERE cluster_id = ? ORDER BY version DESC, id LIMIT 1",
            List.of(clusterId))
        .stream()
        .findFirst();
  }

  @Override
  public Recording act(VmTask task) throws InterruptedException {
    var image = new ImageId(task.payload().required(IMAGE_DEVICE).textValue());
    return DriveUpdate.act(
        task,
        drive -> new Device.CdRom(drive.id(), drive.bootOrder(), image, drive.enabled()),
        VmDiskEdit.edit()
            .elfImageId(null)
            .svtImageId(task.payload().required(IMAGE_ROW).textValue()));
  }
}
