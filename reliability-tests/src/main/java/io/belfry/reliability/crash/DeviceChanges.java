package io.belfry.reliability.crash;

import io.belfry.reliability.crash.Planned.Leeway;
import io.belfry.reliability.crash.Planned.Target;
import io.belfry.reliability.crash.VmState.Power;
import io.belfry.sdk.Json;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Thinks of what a tenant could add to VMs, change about their devices, and take away.
record DeviceChanges(
    Estate estate, Surroundings surroundings, Devices devices, RandomGenerator random) {
  private static final int MOST_DEVICES = 4;

  /// Finds out which devices VMs have, as far as a request has to name them.
  interface Devices {
    /// The id of the disk that connects a VM with a volume.
    String disk(OwnVm vm, String volume) throws InterruptedException;

    /// The id of some CD drive of a VM.
    String cdRom(OwnVm vm) throws InterruptedException;

    /// The id of a volume.
    String volume(String name) throws InterruptedException;

    /// The id of a snapshot.
    String snapshot(String name) throws InterruptedException;
  }

  Optional<Planned> addDisk() {
    return estate
        .awake(random, state -> state.devices().disks() < MOST_DEVICES)
        .flatMap(this::addDisk);
  }

  /// One to each VM.
  List<Planned> addDisks() {
    return estate.allAwake(random, state -> state.devices().disks() < MOST_DEVICES).stream()
        .flatMap(vm -> addDisk(vm).stream())
        .toList();
  }

  private Optional<Planned> addDisk(OwnVm vm) {
    var volume = estate.newName("disk");
    var disks = Json.object("mount_new_create_disks", NewDisks.of(List.of(volume)));
    return Planned.changes(
        "add-vm-disk",
        List.of(vm),
        Json.object("vm_disks", disks),
        state -> state.with(state.devices().with(volume)),
        Leeway.NONE);
  }

  Optional<Planned> mount() throws InterruptedException {
    var vm = estate.awake(random, state -> state.devices().disks() < MOST_DEVICES);
    if (vm.isEmpty() || estate.looseVolumes().isEmpty()) {
      return Optional.empty();
    }
    var name = estate.looseVolumes().iterator().next();
    var disk = Json.object("boot", 1, "bus", "VIRTIO", "vm_volume_id", devices.volume(name));
    estate.looseVolumes().remove(name);
    var target =
        new Target(
            vm.get(),
            null,
            (done, _) -> {
              if (done) {
                var state = vm.get().state();
                vm.get().become(state.with(state.devices().with(name)));
              } else {
                estate.looseVolumes().add(name);
              }
            });
    return Planned.of(
        "add-vm-disk",
        Planned.where(
            List.of(vm.get()),
            Json.object("vm_disks", Json.object("mount_disks", Json.array(disk)))),
        List.of(target),
        Leeway.NONE);
  }

  Optional<Planned> removeDisk() throws InterruptedException {
    var vm = estate.awake(random, state -> !state.devices().volumes().isEmpty());
    if (vm.isEmpty()) {
      return Optional.empty();
    }
    var volume = vm.get().state().devices().volumes().iterator().next();
    var data = Json.object("disk_ids", Json.array(devices.disk(vm.get(), volume)));
    var target =
        new Target(
            vm.get(),
            null,
            (done, _) -> {
              if (done) {
                var state = vm.get().state();
                vm.get().become(state.with(state.devices().without(volume)));
                estate.looseVolumes().add(volume);
              }
            });
    return Planned.of(
        "remove-vm-disk", Planned.where(List.of(vm.get()), data), List.of(target), Leeway.NONE);
  }

  /// To what it is already, if it was expanded before.
  Optional<Planned> expandDisk() {
    return estate
        .awake(random, state -> !state.devices().volumes().isEmpty())
        .flatMap(vm -> {
          var volume = vm.state().devices().volumes().iterator().next();
          var where =
              Json.object(
                  "vm", Json.object("id", vm.id()), "vm_volume", Json.object("name", volume));
          var body = Json.object("where", where, "size", 2 * NewDisks.SIZE_BYTES);
          var target = new Target(vm, null, (_, _) -> {});
          return Planned.of("expand-vm-disk", body, List.of(target), Leeway.NONE);
        });
  }

  /// Of a volume that no VM has; nothing else happens to it meanwhile.
  Optional<Planned> snapshotVolume() throws InterruptedException {
    if (estate.looseVolumes().isEmpty()) {
      return Optional.empty();
    }
    var volume = estate.looseVolumes().iterator().next();
    var id = devices.volume(volume);
    var name = estate.newName("kept");
    estate.looseVolumes().remove(volume);
    var target =
        new Target(
            null,
            name,
            (done, _) -> {
              estate.looseVolumes().add(volume);
              if (done) {
                estate.volumeSnapshots().add(name);
              }
            });
    var body =
        Json.array(Json.object("volume_id", id, "name", name, "description", "of " + volume));
    return Planned.of("create-vm-volume-snapshot", body, List.of(target), Leeway.NONE);
  }

  Optional<Planned> deleteVolumeSnapshot() {
    return estate.volumeSnapshots().stream()
        .filter(estate::isDeletedFirst)
        .findFirst()
        .flatMap(this::deleteVolumeSnapshot);
  }

  private Optional<Planned> deleteVolumeSnapshot(String name) {
    estate.volumeSnapshots().remove(name);
    var target =
        new Target(
            null,
            "Delete virtual volume snapshot " + name,
            (done, _) -> {
              if (!done) {
                estate.volumeSnapshots().add(name);
              }
            });
    var body = Json.object("where", Json.object("name", name));
    return Planned.of("delete-vm-volume-snapshot", body, List.of(target), Leeway.NONE);
  }

  Optional<Planned> deleteVolume() {
    return estate.looseVolumes().stream()
        .filter(estate::isDeletedFirst)
        .findFirst()
        .flatMap(this::deleteVolume);
  }

  private Optional<Planned> deleteVolume(String name) {
    estate.looseVolumes().remove(name);
    var target =
        new Target(
            null,
            "Delete virtual volume " + name,
            (done, _) -> {
              if (!done) {
                estate.looseVolumes().add(name);
              }
            });
    var body = Json.object("where", Json.object("name", name));
    return Planned.of("delete-vm-volume", body, List.of(target), Leeway.NONE);
  }

  /// With an address that the server chooses, or with one that others want as well.
  Optional<Planned> addNic() {
    return estate
        .awake(random, state -> state.devices().nics() < MOST_DEVICES)
        .flatMap(vm -> {
          var nic =
              random.nextInt(3) == 0
                  ? Json.object(
                      "connect_vlan_id", surroundings.vlanId(), "mac_address", wantedMac())
                  : Json.object("connect_vlan_id", surroundings.vlanId());
          return Planned.changes(
              "add-vm-nic",
              List.of(vm),
              Json.object("vm_nics", Json.array(nic)),
              state -> state.with(state.devices().withNics(1)),
              Leeway.MAC_TAKEN);
        });
  }

  /// One to each VM.
  Optional<Planned> addNics() {
    var nic = Json.object("connect_vlan_id", surroundings.vlanId());
    return Planned.changes(
        "add-vm-nic",
        estate.allAwake(random, state -> state.devices().nics() < MOST_DEVICES),
        Json.object("vm_nics", Json.array(nic)),
        state -> state.with(state.devices().withNics(1)),
        Leeway.NONE);
  }

  Optional<Planned> updateNic() {
    return estate
        .awake(random, state -> state.devices().nics() > 0 && state.power() == Power.STOPPED)
        .flatMap(vm ->
            Planned.changes(
                "update-vm-nic",
                List.of(vm),
                Json.object(
                    "nic_index",
                    random.nextInt(vm.state().devices().nics()),
                    "mac_address",
                    wantedMac()),
                state -> state,
                Leeway.MAC_TAKEN));
  }

  private String wantedMac() {
    return "52:54:00:ff:ff:0" + random.nextInt(3);
  }

  Optional<Planned> removeNic() {
    return estate
        .awake(random, state -> state.devices().nics() > 0)
        .flatMap(vm ->
            Planned.changes(
                "remove-vm-nic",
                List.of(vm),
                Json.object("nic_index", Json.array(random.nextInt(vm.state().devices().nics()))),
                state -> state.with(state.devices().withNics(-1)),
                Leeway.NONE));
  }

  /// The first of each VM.
  Optional<Planned> removeNics() {
    return Planned.changes(
        "remove-vm-nic",
        estate.allAwake(random, state -> state.devices().nics() > 0),
        Json.object("nic_index", Json.array(0)),
        state -> state.with(state.devices().withNics(-1)),
        Leeway.NONE);
  }

  Optional<Planned> addCdRom() {
    return estate
        .awake(random, state -> state.devices().cdRoms() < 2)
        .flatMap(vm ->
            Planned.changes(
                "add-vm-cd-rom",
                List.of(vm),
                Json.object("vm_cd_roms", Json.array(Json.object("boot", MOST_DEVICES))),
                state -> state.with(state.devices().withCdRoms(1)),
                Leeway.NONE));
  }

  Optional<Planned> removeCdRom() throws InterruptedException {
    var vm = estate.awake(random, state -> state.devices().cdRoms() > 0);
    if (vm.isEmpty()) {
      return Optional.empty();
    }
    return Planned.changes(
        "remove-vm-cd-rom",
        List.of(vm.get()),
        Json.object("cd_rom_ids", Json.array(devices.cdRom(vm.get()))),
        state -> state.with(state.devices().withCdRoms(-1)),
        Leeway.NONE);
  }
}
