package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.operations.device.NewDisks;
import io.belfry.operations.input.Params;
import io.belfry.problem.ProblemCode;
import io.belfry.store.rows.Bus;
import java.util.Optional;

/// Gives a new VM the disks, CD drives and NICs of a VM or snapshot. Where the request has
/// `vm_disks`, the VM gets those instead: a new disk with the `index` or the `path` of one of the
/// origin is filled with its content.
final class CopiedDevices {
  private final FrozenDevices devices;
  private final NewVm vm;

  CopiedDevices(FrozenDevices devices, NewVm vm) {
    this.devices = devices;
    this.vm = vm;
  }

  void add(Params params) {
    var linked = !params.flag("is_full_copy", false);
    if (params.json().hasNonNull("vm_disks")) {
      addRequested(params.object("vm_disks"), linked);
    } else {
      devices.drives().forEach(devices::copyDrive);
      for (var disk : devices.disks()) {
        devices.copyDisk(disk, Bus.of(disk.path("bus").textValue()), linked);
      }
    }
    devices.addNics(params);
  }

  private void addRequested(Params vmDisks, boolean linked) {
    vm.disks().addExisting(vmDisks);
    for (var disk : NewDisks.newDisks(vmDisks)) {
      var origin = origin(disk);
      if (origin.isEmpty()) {
        vm.disks().create(disk);
      } else {
        create(disk, origin.get(), linked);
      }
    }
  }

  private void create(Params disk, JsonNode origin, boolean linked) {
    var volume = vm.disks().newVolume(disk);
    var needed = origin.path("size").longValue();
    if (volume.sizeBytes() < needed) {
      throw disk.refused(
          ProblemCode.OUT_OF_RANGE,
          "vm_volume.size",
          "%s.vm_volume.size is %s bytes: it must hold the %s bytes of the disk that is copied"
              .formatted(disk.path(), volume.sizeBytes(), needed));
    }
    devices.fill(vm.disks().create(disk, volume), origin, linked);
  }

  /// The disk that a new one stands for.
  private Optional<JsonNode> origin(Params disk) {
    var path = disk.object("vm_volume").optionalText("path").filter(given -> !given.isEmpty());
    if (path.isPresent()) {
      return Optional.of(withPath(disk, path.get()));
    }
    var index = disk.optionalInt("index");
    return devices.disks().stream()
        .filter(one -> index.isPresent() && one.path("index").intValue() == index.getAsInt())
        .findFirst();
  }

  private JsonNode withPath(Params disk, String path) {
    return devices.disks().stream()
        .filter(one -> one.path("path").asText().equals(path))
        .findFirst()
        .orElseThrow(() ->
            disk.refused(
                ProblemCode.OBJECT_NOT_FOUND,
                "vm_volume.path",
                "%s.vm_volume.path: no disk that is copied has the path %s"
                    .formatted(disk.path(), path)));
  }
}
