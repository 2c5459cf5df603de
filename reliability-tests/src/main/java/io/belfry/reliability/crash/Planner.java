package io.belfry.reliability.crash;

import io.belfry.reliability.crash.Planned.Leeway;
import io.belfry.reliability.crash.Planned.Target;
import io.belfry.reliability.crash.VmState.Power;
import io.belfry.sdk.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Thinks of what a tenant could do next: mostly what must work, sometimes what must not. Draws
/// everything from one random source.
final class Planner {
  private static final int MOST_VMS = 8;
  private static final int MOST_DEVICES = 4;
  private static final int LARGEST_BATCH = 3;
  private static final long MEBIBYTE = 1L << 20;
  private static final long TOO_MUCH_MEMORY = 1L << 50;
  private static final String NO_MEMORY = "HostAvailableMemoryFilter";
  private static final Leeway NAME_TAKEN = new Leeway("VM_DUPLICATE", "VM_DUPLICATED_NAME");
  private static final Leeway MAC_TAKEN = new Leeway("mac_address", "mac_address");

  private final Estate estate;
  private final Surroundings surroundings;
  private final Devices devices;
  private final RandomGenerator random;

  Planner(Estate estate, Surroundings surroundings, Devices devices, RandomGenerator random) {
    this.estate = estate;
    this.surroundings = surroundings;
    this.devices = devices;
    this.random = random;
  }

  /// Finds out which devices VMs have, as far as a request has to name them.
  interface Devices {
    /// The id of the disk that connects a VM with a volume.
    String disk(OwnVm vm, String volume) throws InterruptedException;

    /// The id of some CD drive of a VM.
    String cdRom(OwnVm vm) throws InterruptedException;

    /// The id of a volume.
    String volume(String name) throws InterruptedException;
  }

  /// What to do next; empty if the one thing that came to mind can't be done now.
  Optional<Planned> next() throws InterruptedException {
    return switch (random.nextInt(27)) {
      case 0, 1, 2 -> create();
      case 3 -> createFromTemplate();
      case 4, 5 -> power("start-vm", Power.STOPPED, Power.RUNNING, Leeway.failure(NO_MEMORY));
      case 6 -> power("poweroff-vm", Power.RUNNING, Power.STOPPED, Leeway.NONE);
      case 7 ->
          power("shutdown-vm", Power.RUNNING, Power.STOPPED, Leeway.failure("SHUTDOWN_TIMEOUT"));
      case 8 -> power("suspend-vm", Power.RUNNING, Power.SUSPENDED, Leeway.NONE);
      case 9, 10 -> power("resume-vm", Power.SUSPENDED, Power.RUNNING, Leeway.NONE);
      case 11 -> power("restart-vm", Power.RUNNING, Power.RUNNING, Leeway.NONE);
      case 12 -> power("force-restart-vm", Power.RUNNING, Power.RUNNING, Leeway.NONE);
      case 13 -> power("migrate-vm", Power.RUNNING, Power.RUNNING, Leeway.failure(NO_MEMORY));
      case 14 -> power("migrate-vm", Power.STOPPED, Power.STOPPED, Leeway.failure(NO_MEMORY));
      case 15 -> update();
      case 16 -> addDisk();
      case 17 -> removeDisk();
      case 18 -> addNics();
      case 19 -> removeNic();
      case 20 -> random.nextBoolean() ? addCdRom() : removeCdRom();
      case 21 -> snapshot();
      case 22 -> recycle();
      case 23 -> recover();
      case 24 -> delete();
      case 25 -> updateNic();
      default -> random.nextBoolean() ? createVolume() : mount();
    };
  }

  // Creating

  private Optional<Planned> create() {
    var bodies = new ArrayList<Json>();
    var targets = new ArrayList<Target>();
    var tooLarge = random.nextInt(12) == 0;
    var count = tooLarge ? 1 : 1 + random.nextInt(LARGEST_BATCH);
    for (var i = 0; i < count && roomForMore(i); i++) {
      var name = estate.newName("vm");
      var volumes = names("disk", random.nextInt(3));
      var nics = random.nextInt(3);
      var running = tooLarge || random.nextBoolean();
      var memory = tooLarge ? TOO_MUCH_MEMORY : (1 + random.nextInt(4)) * 256 * MEBIBYTE;
      var cores = 1 + random.nextInt(2);
      bodies.add(
          Json.object(
              "cluster_id",
              surroundings.clusterId(),
              "name",
              name,
              "description",
              "of " + name,
              "firmware",
              "BIOS",
              "ha",
              false,
              "status",
              running ? "RUNNING" : "STOPPED",
              "memory",
              memory,
              "cpu_sockets",
              1,
              "cpu_cores",
              cores,
              "vm_nics",
              nics(nics),
              "vm_disks",
              Json.object("mount_new_create_disks", newDisks(volumes))));
      targets.add(
          birth(
              name,
              new VmState(
                  new VmState.Identity(name, "of " + name, false),
                  running ? Power.RUNNING : Power.STOPPED,
                  new VmState.Size(memory, cores),
                  new VmState.Devices(Set.copyOf(volumes), volumes.size(), 0, nics))));
    }
    return planned("create-vm", Json.array(bodies.toArray()), targets, Leeway.failure(NO_MEMORY));
  }

  private Optional<Planned> createFromTemplate() {
    if (!roomForMore(0)) {
      return Optional.empty();
    }
    var templates = surroundings.templates();
    var template = templates.get(random.nextInt(templates.size()));
    var name = estate.newName("vm");
    var running = random.nextBoolean();
    var body =
        Json.object(
            "template_id",
            template.id(),
            "cluster_id",
            surroundings.clusterId(),
            "name",
            name,
            "description",
            "of " + name,
            "is_full_copy",
            random.nextInt(3) == 0,
            "status",
            running ? "RUNNING" : "STOPPED");
    var state =
        new VmState(
            new VmState.Identity(name, "of " + name, false),
            running ? Power.RUNNING : Power.STOPPED,
            template.size(),
            new VmState.Devices(Set.of(), template.disks(), 0, template.nics()));
    return planned(
        "create-vm-from-content-library-template",
        Json.array(body),
        List.of(birth(name, state)),
        Leeway.failure(NO_MEMORY));
  }

  private boolean roomForMore(int planned) {
    return estate.vms().stream().filter(vm -> vm.exists() || vm.isBusy()).count() + planned
        < MOST_VMS;
  }

  private Target birth(String name, VmState state) {
    var vm = new OwnVm(name);
    estate.vms().add(vm);
    return new Target(
        vm,
        name,
        (done, id) -> {
          if (done) {
            vm.born(id);
            vm.become(state);
          } else {
            estate.vms().remove(vm);
          }
        });
  }

  private List<String> names(String kind, int count) {
    var names = new ArrayList<String>();
    for (var i = 0; i < count; i++) {
      names.add(estate.newName(kind));
    }
    return names;
  }

  private static List<Json> newDisks(List<String> volumes) {
    var disks = new ArrayList<Json>();
    for (var volume : volumes) {
      disks.add(
          Json.object(
              "boot", disks.size(),
              "bus", "VIRTIO",
              "vm_volume",
                  Json.object(
                      "name",
                      volume,
                      "size",
                      MEBIBYTE << 10,
                      "elf_storage_policy",
                      "REPLICA_2_THIN_PROVISION")));
    }
    return disks;
  }

  private List<Json> nics(int count) {
    var nics = new ArrayList<Json>();
    for (var i = 0; i < count; i++) {
      nics.add(Json.object("connect_vlan_id", surroundings.vlanId()));
    }
    return nics;
  }

  private Optional<Planned> createVolume() {
    var name = estate.newName("volume");
    var body =
        Json.object(
            "cluster_id",
            surroundings.clusterId(),
            "name",
            name,
            "size",
            MEBIBYTE << 10,
            "elf_storage_policy",
            "REPLICA_2_THIN_PROVISION",
            "sharing",
            false);
    var target =
        new Target(
            null,
            name,
            (done, _) -> {
              if (done) {
                estate.looseVolumes().add(name);
              }
            });
    return planned("create-vm-volume", Json.array(body), List.of(target), Leeway.NONE);
  }

  // Changing

  private Optional<Planned> power(String path, Power from, Power to, Leeway leeway) {
    var vms = estate.idle(random, state -> !state.identity().binned() && state.power() == from);
    var count = Math.min(vms.size(), 1 + random.nextInt(LARGEST_BATCH));
    return changes(path, vms.subList(0, count), null, state -> state.with(to), leeway);
  }

  private Optional<Planned> update() {
    return awake(state -> true)
        .flatMap(vm -> {
          var state = vm.state();
          return switch (random.nextInt(3)) {
            case 0 -> {
              var text = "changed " + estate.newName("text");
              var identity = new VmState.Identity(state.name(), text, false);
              yield change(vm, Json.object("description", text), state.with(identity));
            }
            case 1 -> {
              var memory = Math.min(state.size().memory() + 256 * MEBIBYTE, MEBIBYTE << 12);
              var size =
                  new VmState.Size(Math.max(memory, state.size().memory()), state.size().vcpu());
              yield change(vm, Json.object("memory", size.memory()), state.with(size));
            }
            default -> rename(vm);
          };
        });
  }

  /// To a name of its own, or to one that others want as well.
  private Optional<Planned> rename(OwnVm vm) {
    var name = random.nextInt(3) == 0 ? "wanted-by-all-" + random.nextInt(2) : estate.newName("vm");
    var identity = new VmState.Identity(name, vm.state().identity().description(), false);
    return changes(
        "update-vm-basic-info",
        List.of(vm),
        Json.object("name", name),
        state -> state.with(identity),
        NAME_TAKEN);
  }

  private Optional<Planned> change(OwnVm vm, Json data, VmState after) {
    return changes(
        "update-vm-basic-info", List.of(vm), data, _ -> after, Leeway.failure(NO_MEMORY));
  }

  private Optional<Planned> addDisk() {
    return awake(state -> state.devices().disks() < MOST_DEVICES)
        .flatMap(vm -> {
          var volume = estate.newName("disk");
          var disks = Json.object("mount_new_create_disks", newDisks(List.of(volume)));
          return changes(
              "add-vm-disk",
              List.of(vm),
              Json.object("vm_disks", disks),
              state -> state.with(state.devices().with(volume)),
              Leeway.NONE);
        });
  }

  private Optional<Planned> mount() throws InterruptedException {
    var vm = awake(state -> state.devices().disks() < MOST_DEVICES);
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
    return planned(
        "add-vm-disk",
        where(
            List.of(vm.get()),
            Json.object("vm_disks", Json.object("mount_disks", Json.array(disk)))),
        List.of(target),
        Leeway.NONE);
  }

  private Optional<Planned> removeDisk() throws InterruptedException {
    var vm = awake(state -> !state.devices().volumes().isEmpty());
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
    return planned("remove-vm-disk", where(List.of(vm.get()), data), List.of(target), Leeway.NONE);
  }

  /// With an address that the server chooses, or with one that others want as well.
  private Optional<Planned> addNics() {
    return awake(state -> state.devices().nics() < MOST_DEVICES)
        .flatMap(vm -> {
          var nic =
              random.nextInt(3) == 0
                  ? Json.object(
                      "connect_vlan_id", surroundings.vlanId(), "mac_address", wantedMac())
                  : Json.object("connect_vlan_id", surroundings.vlanId());
          return changes(
              "add-vm-nic",
              List.of(vm),
              Json.object("vm_nics", Json.array(nic)),
              state -> state.with(state.devices().withNics(1)),
              MAC_TAKEN);
        });
  }

  private String wantedMac() {
    return "52:54:00:ff:ff:0" + random.nextInt(3);
  }

  private Optional<Planned> updateNic() {
    return awake(state -> state.devices().nics() > 0 && state.power() == Power.STOPPED)
        .flatMap(vm ->
            changes(
                "update-vm-nic",
                List.of(vm),
                Json.object(
                    "nic_index",
                    random.nextInt(vm.state().devices().nics()),
                    "mac_address",
                    wantedMac()),
                state -> state,
                MAC_TAKEN));
  }

  private Optional<Planned> removeNic() {
    return awake(state -> state.devices().nics() > 0)
        .flatMap(vm ->
            changes(
                "remove-vm-nic",
                List.of(vm),
                Json.object("nic_index", Json.array(random.nextInt(vm.state().devices().nics()))),
                state -> state.with(state.devices().withNics(-1)),
                Leeway.NONE));
  }

  private Optional<Planned> addCdRom() {
    return awake(state -> state.devices().cdRoms() < 2)
        .flatMap(vm ->
            changes(
                "add-vm-cd-rom",
                List.of(vm),
                Json.object("vm_cd_roms", Json.array(Json.object("boot", MOST_DEVICES))),
                state -> state.with(state.devices().withCdRoms(1)),
                Leeway.NONE));
  }

  private Optional<Planned> removeCdRom() throws InterruptedException {
    var vm = awake(state -> state.devices().cdRoms() > 0);
    if (vm.isEmpty()) {
      return Optional.empty();
    }
    return changes(
        "remove-vm-cd-rom",
        List.of(vm.get()),
        Json.object("cd_rom_ids", Json.array(devices.cdRom(vm.get()))),
        state -> state.with(state.devices().withCdRoms(-1)),
        Leeway.NONE);
  }

  /// A VM that is not suspended, for whose devices and size that matters.
  private Optional<OwnVm> awake(Predicate<VmState> such) {
    return estate
        .idle(
            random,
            state ->
                !state.identity().binned() && state.power() != Power.SUSPENDED && such.test(state))
        .stream()
        .findFirst();
  }

  private Optional<Planned> snapshot() {
    var vms = estate.idle(random, state -> !state.identity().binned());
    if (vms.isEmpty()) {
      return Optional.empty();
    }
    var vm = vms.getFirst();
    var name = estate.newName("snapshot");
    var body = Json.object("data", Json.array(Json.object("vm_id", vm.id(), "name", name)));
    var target =
        new Target(
            vm,
            name,
            (done, _) -> {
              if (done) {
                estate.snapshots().add(name);
              }
            });
    return planned("create-vm-snapshot", body, List.of(target), Leeway.NONE);
  }

  // The end

  /// A VM whose name others want keeps it: it might have another one after its recovery.
  private Optional<Planned> recycle() {
    var vms =
        estate.idle(
            random,
            state -> !state.identity().binned() && state.name().startsWith(estate.prefix()));
    return changes(
        "move-vm-to-recycle",
        vms.subList(0, Math.min(vms.size(), 1 + random.nextInt(2))),
        null,
        state -> state.with(Power.STOPPED).binned(true),
        Leeway.NONE);
  }

  private Optional<Planned> recover() {
    return changes(
        "recover-vm-from-recycle",
        estate.idle(random, state -> state.identity().binned()),
        null,
        state -> state.binned(false),
        Leeway.NONE);
  }

  private Optional<Planned> delete() {
    var vms = estate.idle(random, _ -> true);
    var batch = vms.subList(0, Math.min(vms.size(), 1 + random.nextInt(2)));
    return changes("delete-vm", batch, null, _ -> null, Leeway.NONE);
  }

  // What they have in common

  private Optional<Planned> changes(
      String path,
      List<OwnVm> vms,
      @Nullable Json data,
      Function<VmState, @Nullable VmState> effect,
      Leeway leeway) {
    var targets = new ArrayList<Target>();
    for (var vm : vms) {
      targets.add(
          new Target(
              vm,
              null,
              (done, _) -> {
                if (done) {
                  vm.become(effect.apply(vm.state()));
                }
              }));
    }
    return planned(path, where(vms, data), targets, leeway);
  }

  private static Json where(List<OwnVm> vms, @Nullable Json data) {
    var where = Json.object("id_in", vms.stream().map(OwnVm::id).toList());
    return data == null ? Json.object("where", where) : Json.object("where", where, "data", data);
  }

  private static Optional<Planned> planned(
      String path, Json body, List<Target> targets, Leeway leeway) {
    return targets.isEmpty()
        ? Optional.empty()
        : Optional.of(new Planned(path, body, List.copyOf(targets), leeway));
  }
}
