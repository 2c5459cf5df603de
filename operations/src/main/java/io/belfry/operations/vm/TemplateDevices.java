package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.operations.Decision;
import io.belfry.operations.device.Volumes;
import io.belfry.operations.input.Params;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.store.rows.Bus;
import io.belfry.store.rows.ElfStoragePolicyRow;
import io.belfry.store.rows.VlanRow;
import io.belfry.store.rows.VmNicModel;
import io.belfry.store.rows.VmTemplateRow;
import io.belfry.store.rows.VmVolumeElfStoragePolicyType;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Gives a new VM the disks and NICs of its template, as far as the request leaves them, and those
/// that the request adds. CD drives of the template are left out.
final class TemplateDevices {
  private final Decision decision;
  private final VmTemplateRow template;
  private final NewVm vm;

  TemplateDevices(Decision decision, VmTemplateRow template, NewVm vm) {
    this.decision = decision;
    this.template = template;
    this.vm = vm;
  }

  void add(Params params) {
    addDisks(params);
    if (params.json().hasNonNull("vm_nics")) {
      params.objects("vm_nics").forEach(vm.nics()::add);
    } else {
      addTemplateNics();
    }
  }

  private void addDisks(Params params) {
    var operate = params.object("disk_operate");
    var disks = frozenDisks();
    var removed = removed(operate.object("remove_disks"), disks.size());
    var buses = buses(operate, disks.size());
    var linked = !params.flag("is_full_copy", false);
    for (var index = 0; index < disks.size(); index++) {
      if (!removed.contains(index)) {
        addDisk(disks.get(index), buses.get(index), linked);
      }
    }
    vm.disks().add(operate.object("new_disks"));
  }

  private List<JsonNode> frozenDisks() {
    var disks = template.vmDisks();
    if (disks == null) {
      return List.of();
    }
    return StreamSupport.stream(disks.spliterator(), false)
        .filter(disk -> disk.path("type").asText().equals("DISK"))
        .sorted(Comparator.comparingInt(disk -> disk.path("index").intValue()))
        .toList();
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

  private void addDisk(JsonNode disk, @Nullable Bus otherBus, boolean linked) {
    var bus = otherBus == null ? Bus.of(disk.path("bus").textValue()) : otherBus;
    var volume =
        new Volumes.NewVolume(
            vm.cluster().id(),
            "%s-%s".formatted(vm.name(), disk.path("index").intValue()),
            "",
            disk.path("size").longValue(),
            policy(disk.path("storage_policy_uuid").asText()),
            false);
    var volumeId = vm.disks().create(volume, disk.path("boot").intValue(), bus);
    var snapshot = disk.path("snapshot_local_id").asText("");
    if (snapshot.isEmpty()) {
      vm.copy(volumeId, disk.path("vm_volume_local_id").textValue(), false, linked);
    } else {
      vm.copy(volumeId, snapshot, true, linked);
    }
  }

  /// The policy whose `local_id` a frozen disk names.
  private VmVolumeElfStoragePolicyType policy(String localId) {
    return decision
        .transaction()
        .rows(
            ElfStoragePolicyRow.TYPE,
            "WHERE cluster_id = ? AND local_id LIKE '%' || ?",
            List.of(vm.cluster().id(), localId))
        .stream()
        .findFirst()
        .map(policy ->
            VmVolumeElfStoragePolicyType.of(
                "REPLICA_%s_%s_PROVISION"
                    .formatted(policy.replicaNum(), policy.thinProvision() ? "THIN" : "THICK")))
        .orElse(VmVolumeElfStoragePolicyType.REPLICA_2_THIN_PROVISION);
  }

  private void addTemplateNics() {
    var nics = template.vmNics();
    if (nics == null) {
      return;
    }
    StreamSupport.stream(nics.spliterator(), false)
        .sorted(Comparator.comparingInt(nic -> nic.path("index").intValue()))
        .forEach(this::addNic);
  }

  private void addNic(JsonNode nic) {
    var model = nic.path("model").textValue();
    vm.nics()
        .add(
            vlan(nic.path("vlan").path("vlan_local_id").asText("")),
            model == null ? VmNicModel.VIRTIO : VmNicModel.of(model),
            nic.path("enabled").asBoolean(true),
            nic.path("mirror").asBoolean(false));
  }

  /// The template's VLAN, or the cluster's default VM network where the cluster doesn't have that.
  private VlanRow vlan(String localId) {
    var vlans =
        decision
            .transaction()
            .rows(
                VlanRow.TYPE,
                """
                WHERE type = 'VM'
                  AND vds_id IN (SELECT id FROM tower.vds WHERE cluster_id = ?)
                ORDER BY local_id = ? DESC, name = 'default' DESC, id
                LIMIT 1
                """,
                List.of(vm.cluster().id(), localId));
    if (vlans.isEmpty()) {
      throw new Problem(
              ProblemCode.PRECONDITION,
              "cluster %s has no VM network for the template's NICs; send vm_nics"
                  .formatted(vm.cluster().name()))
          .asException();
    }
    return vlans.getFirst();
  }
}
