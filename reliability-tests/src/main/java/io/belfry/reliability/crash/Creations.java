package io.belfry.reliability.crash;

import io.belfry.reliability.crash.Planned.Leeway;
import io.belfry.reliability.crash.Planned.Target;
import io.belfry.reliability.crash.VmState.Power;
import io.belfry.sdk.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Thinks of what a tenant could create.
record Creations(Estate estate, Surroundings surroundings, RandomGenerator random) {
  private static final int MOST_VMS = 8;
  private static final int LARGEST_BATCH = 3;
  private static final long MEBIBYTE = 1L << 20;
  private static final long TOO_MUCH_MEMORY = 1L << 50;

  Optional<Planned> create() {
    var bodies = new ArrayList<Json>();
    var targets = new ArrayList<Target>();
    var tooLarge = random.nextInt(12) == 0;
    var count = tooLarge ? 1 : 1 + random.nextInt(LARGEST_BATCH);
    for (var i = 0; i < count && roomForMore(i); i++) {
      var name = estate.newName("vm");
      var volumes = names("disk", random.nextInt(3));
      var nics = random.nextInt(3);
      var running = tooLarge || random.nextBoolean();
      var memory = tooLarge ? TOO_MUCH_MEMORY : (1 + random.nextInt(4)) * 256L * MEBIBYTE;
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
              Json.object("mount_new_create_disks", NewDisks.of(volumes))));
      targets.add(
          birth(
              name,
              new VmState(
                  new VmState.Identity(name, "of " + name, false),
                  running ? Power.RUNNING : Power.STOPPED,
                  new VmState.Size(memory, cores),
                  new VmState.Devices(Set.copyOf(volumes), volumes.size(), 0, nics))));
    }
    return Planned.of("create-vm", Json.array(bodies.toArray()), targets, Leeway.NO_MEMORY);
  }

  Optional<Planned> createFromTemplate() {
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
    return Planned.of(
        "create-vm-from-content-library-template",
        Json.array(body),
        List.of(birth(name, state)),
        Leeway.NO_MEMORY);
  }

  /// Of a VM that nothing else happens to meanwhile, as nobody locks it for us.
  Optional<Planned> cloneVm() {
    var sources =
        estate.idle(
            random, state -> !state.identity().binned() && state.power() != Power.SUSPENDED);
    if (sources.isEmpty() || !roomForMore(0)) {
      return Optional.empty();
    }
    var source = sources.getFirst();
    var name = estate.newName("vm");
    var running = random.nextBoolean();
    var body =
        Json.object(
            "src_vm_id",
            source.id(),
            "name",
            name,
            "description",
            "of " + name,
            "is_full_copy",
            random.nextInt(3) == 0,
            "status",
            running ? "RUNNING" : "STOPPED");
    var devices = source.state().devices();
    var state =
        new VmState(
            new VmState.Identity(name, "of " + name, false),
            running ? Power.RUNNING : Power.STOPPED,
            source.state().size(),
            new VmState.Devices(Set.of(), devices.disks(), devices.cdRoms(), devices.nics()));
    source.busy(true);
    var birth = birth(name, state);
    var target =
        new Target(
            birth.vm(),
            name,
            (done, id) -> {
              source.busy(false);
              birth.settled().settle(done, id);
            });
    return Planned.of("clone-vm", Json.array(body), List.of(target), Leeway.NO_MEMORY);
  }

  Optional<Planned> createVolume() {
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
    return Planned.of("create-vm-volume", Json.array(body), List.of(target), Leeway.NONE);
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

  private List<Json> nics(int count) {
    var nics = new ArrayList<Json>();
    for (var i = 0; i < count; i++) {
      nics.add(Json.object("connect_vlan_id", surroundings.vlanId()));
    }
    return nics;
  }
}
