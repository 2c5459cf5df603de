package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.hypervisor.Device;
import io.belfry.hypervisor.ImageId;
import io.belfry.hypervisor.VolumeId;
import io.belfry.operations.Decision;
import io.belfry.operations.device.Definitions;
import io.belfry.operations.device.Images;
import io.belfry.operations.device.Volumes;
import io.belfry.operations.input.Params;
import io.belfry.problem.ProblemCode;
import io.belfry.store.Transaction;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.Bus;
import io.belfry.store.rows.ElfImageRow;
import io.belfry.store.rows.EntityAsyncStatus;
import io.belfry.store.rows.VmDiskEdit;
import io.belfry.store.rows.VmDiskRow;
import io.belfry.store.rows.VmDiskType;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmStatus;
import io.belfry.store.rows.VmVolumeEdit;
import io.belfry.store.rows.VmVolumeRow;
import io.belfry.tasks.TaskWork.Recording;
import java.util.List;

/// `update-vm-disk`: gives a disk of a stopped VM another bus or volume, or a CD drive another
/// image; an image of null empties the drive. The volume that a disk had stays, unmounted.
final class UpdateVmDisk implements VmChange {
  private static final String DISK = "disk";
  private static final String BUS = "bus";
  private static final String VOLUME = "volume";
  private static final String IMAGE = "image";
  private static final List<String> IMAGES = List.of("elf_image_id", "content_library_image_id");

  @Override
  public String path() {
    return "update-vm-disk";
  }

  @Override
  public String mutation() {
    return "updateVm";
  }

  @Override
  public LocalizedText description(VmRow vm) {
    return new LocalizedText(
        "Edit VM %s disk".formatted(vm.name()), "编辑虚拟机 %s 的虚拟盘".formatted(vm.name()));
  }

  @Override
  public List<ObjectNode> prepare(Decision decision, List<Target> targets, Params data) {
    return targets.stream().map(target -> prepare(decision, target.vm(), data)).toList();
  }

  private static ObjectNode prepare(Decision decision, VmRow vm, Params data) {
    var disk = disk(decision, vm, data);
    var isDisk = disk.type() == VmDiskType.DISK;
    if (isDisk) {
      VmRules.requireStatus(vm, VmStatus.STOPPED);
      IMAGES.forEach(key -> refuse(data, key, "a disk takes no image, only a CD drive does"));
    } else {
      VmRules.requireStatus(vm, VmStatus.STOPPED, VmStatus.RUNNING);
      refuse(data, "vm_volume_id", "a CD drive takes no volume, only a disk does");
    }
    var payload = Payloads.empty().put(DISK, disk.id());
    data.optionalText(BUS).ifPresent(bus -> payload.put(BUS, bus));
    data.optionalText("vm_volume_id")
        .filter(id -> !id.equals(disk.vmVolumeId()))
        .ifPresent(id -> payload.put(VOLUME, mount(decision, vm, id, data)));
    if (IMAGES.stream().anyMatch(data::has)) {
      payload.put(
          IMAGE,
          Images.chosen(decision, VmRules.cluster(vm), data).map(ElfImageRow::id).orElse(null));
    }
    return payload;
  }

  private static VmDiskRow disk(Decision decision, VmRow vm, Params data) {
    var id = data.text("vm_disk_id");
    return decision
        .transaction()
        .find(VmDiskRow.TYPE, id)
        .filter(disk -> disk.vmId().equals(vm.id()))
        .orElseThrow(() ->
            data.refused(
                ProblemCode.OBJECT_NOT_FOUND,
                "vm_disk_id",
                "%s.vm_disk_id: VM %s has no disk or CD drive %s"
                    .formatted(data.path(), vm.name(), id)));
  }

  private static void refuse(Params data, String key, String why) {
    if (data.optionalText(key).isPresent()) {
      throw data.refused(
          ProblemCode.PRECONDITION, key, "%s.%s: %s".formatted(data.path(), key, why));
    }
  }

  private static String mount(Decision decision, VmRow vm, String id, Params data) {
    var volume =
        new Volumes(decision).toMount(id, VmRules.cluster(vm), data.path() + ".vm_volume_id");
    decision
        .transaction()
        .update(id, VmVolumeEdit.edit().entityAsyncStatus(EntityAsyncStatus.UPDATING));
    return volume.id();
  }

  @Override
  public Recording act(VmTask task) throws InterruptedException {
    var device = task.tools().store().read(transaction -> changed(transaction, task.payload()));
    var seen = task.driver().update(task.vm(), device);
    return task.recordSeen(seen).then(transaction -> record(transaction, task.payload()));
  }

  private static Device changed(Transaction transaction, JsonNode changes) {
    var row = transaction.find(VmDiskRow.TYPE, changes.required(DISK).textValue()).orElseThrow();
    return switch (new Definitions(transaction).disk(row)) {
      case Device.Disk disk ->
          new Device.Disk(
              disk.id(),
              changes.has(VOLUME)
                  ? volume(transaction, changes.required(VOLUME).textValue())
                  : disk.volume(),
              Device.Bus.valueOf(changes.path(BUS).asText(disk.bus().name())),
              disk.bootOrder());
      case Device.CdRom drive when changes.has(IMAGE) ->
          drive.withImage(
              transaction
                  .find(ElfImageRow.TYPE, changes.path(IMAGE).asText())
                  .map(image -> new ImageId(image.localId()))
                  .orElse(null));
      case Device other -> other;
    };
  }

  private static VolumeId volume(Transaction transaction, String id) {
    return new VolumeId(transaction.find(VmVolumeRow.TYPE, id).orElseThrow().localId());
  }

  private static void record(Transaction transaction, JsonNode changes) {
    var edit = VmDiskEdit.edit();
    if (changes.has(BUS)) {
      edit.bus(Bus.of(changes.required(BUS).textValue()));
    }
    if (changes.has(VOLUME)) {
      edit.vmVolumeId(changes.required(VOLUME).textValue());
    }
    if (changes.has(IMAGE)) {
      edit.elfImageId(changes.path(IMAGE).textValue()).svtImageId(null);
    }
    if (!edit.values().isEmpty()) {
      transaction.update(changes.required(DISK).textValue(), edit);
    }
    unlockVolume(transaction, changes);
  }

  @Override
  public void rollBack(Transaction transaction, VmTask task) {
    unlockVolume(transaction, task.payload());
  }

  private static void unlockVolume(Transaction transaction, JsonNode changes) {
    if (changes.has(VOLUME)) {
      transaction.update(
          changes.required(VOLUME).textValue(), VmVolumeEdit.edit().entityAsyncStatus(null));
    }
  }
}
