package io.belfry.operations.vm;

import io.belfry.operations.input.Params;
import io.belfry.problem.ProblemCode;
import io.belfry.store.rows.Bus;
import io.belfry.store.rows.VmTemplateRow;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Gives a new VM the disks and NICs of its template, as far as the request leaves them, and those
/// that the request adds. CD drives of the template are left out.
final class TemplateDevices {
  private final FrozenDevices devices;
  private final NewVm vm;

  TemplateDevices(VmTemplateRow template, NewVm vm) {
    this.devices =
        new FrozenDevices(vm, template.vmDisks(), template.vmNics(), UnaryOperator.identity());
    this.vm = vm;
  }

  void add(Params params) {
    addDisks(params);
    devices.addNics(params);
  }

  private void addDisks(Params params) {
    var operate = params.object("disk_operate");
    var disks = devices.disks();
    var removed = removed(operate.object("remove_disks"), disks.size());
    var buses = buses(operate, disks.size());
    var linked = !params.flag("is_full_copy", false);
    for (var index = 0; index < disks.size(); index++) {
      if (!removed.contains(index)) {
        var disk = disks.get(index);
        var bus = buses.getOrDefault(index, Bus.of(disk.path("bus").textValue()));
        devices.copyDisk(disk, bus, linked);
      }
    }
    vm.disks().add(operate.object("new_disks"));
  }

  private static Set<Integer> removed(Params remove, int count) {
    var indexes = new HashSet<Integer>();
    for (var index : remove.ints("disk_index")) {
      indexes.add(checked(remove, "disk_index", index, count));
    }
    return indexes;
  }

  private static Map<Integer, Bus> buses(Params operate, int count) {
    var buses = new HashMap<Integer, Bus>();
    for (var modified : operate.objects("modify_disks")) {
      if (modified.optionalText("vm_volume_id").isPresent()) {
        throw modified.refused(
            ProblemCode.PRECONDITION,
            "vm_volume_id",
            modified.path()
                + ".vm_volume_id: only the bus of a template's disk can be modified; remove the"
                + " disk and mount the volume instead");
      }
      var index = checked(modified, "disk_index", modified.intValue("disk_index"), count);
      modified.optionalText("bus").map(Bus::of).ifPresent(bus -> buses.put(index, bus));
    }
    return buses;
  }

  private static int checked(Params params, String key, int index, int count) {
    if (index >= count) {
      throw params.refused(
          ProblemCode.OUT_OF_RANGE,
          key,
          "%s.%s must be from 0 to %s, as the template has %s disks, not %s"
              .formatted(params.path(), key, count - 1, count, index));
    }
    return index;
  }
}
