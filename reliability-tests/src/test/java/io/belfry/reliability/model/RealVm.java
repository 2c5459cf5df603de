package io.belfry.reliability.model;

import io.belfry.reliability.model.VmModel.Result;
import io.belfry.reliability.model.VmModel.Status;
import io.belfry.reliability.server.ServerUnderTest;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.ApiException;
import io.belfry.sdk.Json;
import io.belfry.sdk.TaskFailedException;
import io.belfry.sdk.Tasks;
import java.time.Duration;
import java.util.List;

/// A VM in a server, which can be asked the same as its [VmModel].
final class RealVm {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(5);
  private static final long MEMORY_UNIT = 256L << 20;
  private static final String NOBODY = "cl0000000000000000000none";

  private final ApiClient client;
  private final String vlan;
  private final String id;

  private RealVm(ApiClient client, String vlan, String id) {
    this.client = client;
    this.vlan = vlan;
    this.id = id;
  }

  /// Creates a VM like [VmModel#created].
  static RealVm create(ServerUnderTest server, String name) {
    var client = server.client();
    var cluster = first(client, "get-clusters", Json.object("hypervisor", "ELF"));
    var network = Json.object("internal", false, "cluster", Json.object("id", cluster));
    var vlan = first(client, "get-vlans", Json.object("type", "VM", "vds", network));
    var body =
        Json.object(
            "cluster_id",
            cluster,
            "name",
            name,
            "firmware",
            "BIOS",
            "ha",
            false,
            "status",
            "STOPPED",
            "memory",
            2 * MEMORY_UNIT,
            "cpu_sockets",
            1,
            "cpu_cores",
            1,
            "vm_nics",
            Json.array(Json.object("connect_vlan_id", vlan)),
            "vm_disks",
            newDisk(name));
    var answer = client.call("create-vm", Json.array(body)).get(0);
    await(client, answer);
    return new RealVm(client, vlan, answer.get("data").get("id").asText());
  }

  private static String first(ApiClient client, String path, Json where) {
    return client.call(path, Json.object("where", where, "first", 1)).get(0).get("id").asText();
  }

  private static Json newDisk(String volume) {
    var made =
        Json.object(
            "name", volume, "size", 1L << 30, "elf_storage_policy", "REPLICA_2_THIN_PROVISION");
    return Json.object(
        "mount_new_create_disks",
        Json.array(Json.object("boot", 0, "bus", "VIRTIO", "vm_volume", made)));
  }

  private static void await(ApiClient client, Json answer) {
    Tasks.waitTasks(List.of(answer.get("task_id").asText()), client, PAUSE, PATIENCE, true);
  }

  /// Asks it and tells what came of it.
  ///
  /// @param before what it was like before
  Result ask(Call call, VmModel before) {
    try {
      var answers = client.call(path(call), body(call, before)).elements();
      if (answers.isEmpty()) {
        return new Result.NothingFound();
      }
      await(client, answers.getFirst());
      return new Result.Done(look(before));
    } catch (TaskFailedException e) {
      return new Result.Failed(String.valueOf(e.getMessage()));
    } catch (ApiException e) {
      return new Result.Refused(e.status(), code(e));
    }
  }

  private static String code(ApiException e) {
    return String.valueOf(Json.parse(e.body()).get("props").get("code").value());
  }

  private static String path(Call call) {
    return switch (call) {
      case START -> "start-vm";
      case POWER_OFF -> "poweroff-vm";
      case SHUT_DOWN -> "shutdown-vm";
      case SUSPEND -> "suspend-vm";
      case RESUME -> "resume-vm";
      case RESTART -> "restart-vm";
      case FORCE_RESTART -> "force-restart-vm";
      case MIGRATE -> "migrate-vm";
      case RENAME, GROW, SHRINK -> "update-vm-basic-info";
      case ADD_DISK -> "add-vm-disk";
      case REMOVE_DISK -> "remove-vm-disk";
      case ADD_CD_ROM -> "add-vm-cd-rom";
      case REMOVE_CD_ROM -> "remove-vm-cd-rom";
      case ADD_NIC -> "add-vm-nic";
      case REMOVE_NIC -> "remove-vm-nic";
      case SNAPSHOT -> "create-vm-snapshot";
      case RECYCLE -> "move-vm-to-recycle";
      case RECOVER -> "recover-vm-from-recycle";
      case DELETE -> "delete-vm";
    };
  }

  private Json body(Call call, VmModel before) {
    var where = Json.object("id", id);
    return switch (call) {
      case RENAME -> with(where, Json.object("name", before.name() + "x"));
      case GROW -> with(where, Json.object("memory", (before.memory() + 1) * MEMORY_UNIT));
      case SHRINK -> with(where, Json.object("memory", (before.memory() - 1) * MEMORY_UNIT));
      case ADD_DISK -> with(where, Json.object("vm_disks", newDisk(before.name())));
      case REMOVE_DISK -> with(where, Json.object("disk_ids", Json.array(device("DISK"))));
      case ADD_CD_ROM -> with(where, Json.object("vm_cd_roms", Json.array(Json.object("boot", 1))));
      case REMOVE_CD_ROM -> with(where, Json.object("cd_rom_ids", Json.array(device("CD_ROM"))));
      case ADD_NIC ->
          with(where, Json.object("vm_nics", Json.array(Json.object("connect_vlan_id", vlan))));
      case REMOVE_NIC -> with(where, Json.object("nic_index", Json.array(0)));
      case SNAPSHOT ->
          Json.object("data", Json.array(Json.object("vm_id", id, "name", before.name())));
      case START,
          POWER_OFF,
          SHUT_DOWN,
          SUSPEND,
          RESUME,
          RESTART,
          FORCE_RESTART,
          MIGRATE,
          RECYCLE,
          RECOVER,
          DELETE ->
          Json.object("where", where);
    };
  }

  private static Json with(Json where, Json data) {
    return Json.object("where", where, "data", data);
  }

  /// The id of a device of that kind, or one that nobody has.
  private String device(String type) {
    var found = disks(type);
    return found.isEmpty() ? NOBODY : found.getFirst().get("id").asText();
  }

  private List<Json> disks(String type) {
    return list("get-vm-disks", Json.object("vm", Json.object("id", id), "type", type));
  }

  private List<Json> list(String path, Json where) {
    return client.call(path, Json.object("where", where)).elements();
  }

  /// What it is like.
  VmModel look(VmModel before) {
    var found = list("get-vms", Json.object("id", id));
    if (found.isEmpty()) {
      return new VmModel(Status.GONE, false, before.name(), before.memory(), before.devices());
    }
    var vm = found.getFirst();
    if (!vm.get("entityAsyncStatus").isNull()) {
      throw new IllegalStateException("still locked though its task has ended: " + vm);
    }
    var ofVm = Json.object("vm", Json.object("id", id));
    var binned = vm.get("in_recycle_bin").asBoolean();
    return new VmModel(
        Status.valueOf(vm.get("status").asText()),
        binned,
        vm.get(binned ? "original_name" : "name").asText(),
        (int) (vm.get("memory").asLong() / MEMORY_UNIT),
        new VmModel.Devices(
            disks("DISK").size(),
            disks("CD_ROM").size(),
            list("get-vm-nics", ofVm).size(),
            list("get-vm-snapshots", ofVm).size()));
  }
}
