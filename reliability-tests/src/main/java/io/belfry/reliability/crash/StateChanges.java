package io.belfry.reliability.crash;

import io.belfry.reliability.crash.Planned.Leeway;
import io.belfry.reliability.crash.Planned.Target;
import io.belfry.reliability.crash.VmState.Power;
import io.belfry.sdk.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/// Thinks of what a tenant could do with whole VMs.
///
/// @param clusterId where the VMs are
record StateChanges(Estate estate, String clusterId, RandomGenerator random) {
  private static final int LARGEST_BATCH = 3;

  /// What templates of the content library are called, as templates of a cluster are not.
  private static final String LIBRARY_TEMPLATE = "library";

  private static final long MEBIBYTE = 1L << 20;

  Optional<Planned> power(String path, Power from, Power to, Leeway leeway) {
    var vms = estate.idle(random, state -> !state.identity().binned() && state.power() == from);
    var count = Math.min(vms.size(), 1 + random.nextInt(LARGEST_BATCH));
    return Planned.changes(path, vms.subList(0, count), null, state -> state.with(to), leeway);
  }

  /// The same with all VMs at once.
  List<Planned> all(String path, Power from, Power to, Leeway leeway) {
    var vms = estate.idle(random, state -> !state.identity().binned() && state.power() == from);
    return Planned.changes(path, vms, null, state -> state.with(to), leeway).stream().toList();
  }

  /// The same, where a guest is waited for that may not be there. That takes longer than a server
  /// often lives here, so a tenant does it to one VM at a time.
  Optional<Planned> guest(String path, Power to, Leeway leeway) {
    var vms =
        estate.idle(random, state -> !state.identity().binned() && state.power() == Power.RUNNING);
    if (vms.isEmpty() || estate.isAwaitingGuest()) {
      return Optional.empty();
    }
    var vm = vms.getFirst();
    estate.awaitGuest(true);
    var target =
        new Target(
            vm,
            null,
            (done, _) -> {
              estate.awaitGuest(false);
              if (done) {
                vm.become(vm.state().with(to));
              }
            });
    return Planned.of(path, Planned.where(List.of(vm), null), List.of(target), leeway);
  }

  /// Gives all VMs another description.
  Optional<Planned> describeAll() {
    var text = "changed " + estate.newName("text");
    return Planned.changes(
        "update-vm-basic-info",
        estate.idle(random, state -> !state.identity().binned()),
        Json.object("description", text),
        state -> state.with(new VmState.Identity(state.name(), text, false)),
        Leeway.NONE);
  }

  Optional<Planned> update() {
    return estate
        .awake(random, state -> true)
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
    return Planned.changes(
        "update-vm-basic-info",
        List.of(vm),
        Json.object("name", name),
        state -> state.with(identity),
        Leeway.NAME_TAKEN);
  }

  private Optional<Planned> change(OwnVm vm, Json data, VmState after) {
    return Planned.changes("update-vm-basic-info", List.of(vm), data, _ -> after, Leeway.NO_MEMORY);
  }

  Optional<Planned> snapshot() {
    return estate.idle(random, state -> !state.identity().binned()).stream()
        .findFirst()
        .flatMap(this::snapshot);
  }

  /// One of each VM.
  List<Planned> snapshots() {
    return estate.idle(random, state -> !state.identity().binned()).stream()
        .flatMap(vm -> snapshot(vm).stream())
        .toList();
  }

  private Optional<Planned> snapshot(OwnVm vm) {
    var name = estate.newName("snapshot");
    var body = Json.object("data", Json.array(Json.object("vm_id", vm.id(), "name", name)));
    var target =
        new Target(
            vm,
            name,
            (done, _) -> {
              if (done) {
                estate.snapshots().put(name, new Estate.Kept(vm, vm.state()));
              }
            });
    return Planned.of("create-vm-snapshot", body, List.of(target), Leeway.NONE);
  }

  Optional<Planned> deleteSnapshot() {
    return estate.snapshots().entrySet().stream()
        .filter(snapshot -> estate.isDeletedFirst(snapshot.getKey()))
        .findFirst()
        .flatMap(snapshot -> deleteSnapshot(snapshot.getKey(), snapshot.getValue()));
  }

  private Optional<Planned> deleteSnapshot(String name, Estate.Kept kept) {
    estate.snapshots().remove(name);
    var target =
        new Target(
            null,
            "Delete VM snapshot " + name,
            (done, _) -> {
              if (!done) {
                estate.snapshots().put(name, kept);
              }
            });
    var body = Json.object("where", Json.object("name", name));
    return Planned.of("delete-vm-snapshot", body, List.of(target), Leeway.NONE);
  }

  /// To a snapshot whose volumes the VM still has, or nobody. Volumes that it has got since are
  /// nobody's then.
  Optional<Planned> rollBack(DeviceChanges.Devices devices) throws InterruptedException {
    var stopped =
        estate.idle(random, state -> !state.identity().binned() && state.power() == Power.STOPPED);
    for (var snapshot : Map.copyOf(estate.snapshots()).entrySet()) {
      var vm = snapshot.getValue().vm();
      if (stopped.contains(vm) && estate.looseVolumes().containsAll(lost(snapshot.getValue()))) {
        var id = devices.snapshot(snapshot.getKey());
        return rollBack(id, snapshot.getKey(), snapshot.getValue());
      }
    }
    return Optional.empty();
  }

  private static Set<String> lost(Estate.Kept kept) {
    return without(kept.state().devices().volumes(), kept.vm().state().devices().volumes());
  }

  private static Set<String> without(Set<String> all, Set<String> some) {
    var left = new TreeSet<>(all);
    left.removeAll(some);
    return left;
  }

  private Optional<Planned> rollBack(String snapshotId, String name, Estate.Kept kept) {
    estate.snapshots().remove(name);
    var vm = kept.vm();
    var lost = lost(kept);
    var gained = without(vm.state().devices().volumes(), kept.state().devices().volumes());
    estate.looseVolumes().removeAll(lost);
    var target =
        new Target(
            vm,
            null,
            (done, _) -> {
              estate.snapshots().put(name, kept);
              estate.looseVolumes().addAll(done ? gained : lost);
              if (done) {
                vm.become(vm.state().with(kept.state().size()).with(kept.state().devices()));
              }
            });
    return Planned.of(
        "rollback-vm",
        Planned.where(List.of(vm), Json.object("snapshot_id", snapshotId)),
        List.of(target),
        Leeway.NONE);
  }

  /// The VM stays, or becomes the template. Half of them are templates of the content library.
  Optional<Planned> makeTemplate() {
    var convert = random.nextInt(3) == 0;
    var powers = convert ? Set.of(Power.STOPPED) : Set.of(Power.STOPPED, Power.RUNNING);
    var such =
        estate.idle(random, state -> !state.identity().binned() && powers.contains(state.power()));
    var kind = random.nextBoolean() ? LIBRARY_TEMPLATE : "template";
    return such.stream().findFirst().flatMap(vm -> makeTemplate(vm, convert, kind));
  }

  private Optional<Planned> makeTemplate(OwnVm vm, boolean convert, String kind) {
    var name = estate.newName(kind);
    var way = convert ? "convert" : "clone";
    var target =
        new Target(
            vm,
            name,
            (done, _) -> {
              if (done) {
                estate.templates().add(name);
                vm.become(convert ? null : vm.state());
              }
            });
    if (!isOfLibrary(name)) {
      var body =
          Json.array(Json.object("vm_id", vm.id(), "name", name, "cloud_init_supported", false));
      return Planned.of(way + "-vm-template-from-vm", body, List.of(target), Leeway.NONE);
    }
    var body =
        Json.array(
            Json.object(
                "vm",
                Json.object("id", vm.id()),
                "name",
                name,
                "clusters",
                Json.object("id", clusterId)));
    return Planned.of(
        way + "-content-library-vm-template-from-vm", body, List.of(target), Leeway.NONE);
  }

  private static boolean isOfLibrary(String template) {
    return template.contains("-" + LIBRARY_TEMPLATE + "-");
  }

  Optional<Planned> deleteTemplate() {
    return estate.templates().stream()
        .filter(estate::isDeletedFirst)
        .findFirst()
        .flatMap(this::deleteTemplate);
  }

  private Optional<Planned> deleteTemplate(String name) {
    estate.templates().remove(name);
    var target =
        new Target(
            null,
            "Delete VM template " + name,
            (done, _) -> {
              if (!done) {
                estate.templates().add(name);
              }
            });
    var body = Json.object("where", Json.object("name", name));
    var path = isOfLibrary(name) ? "delete-content-library-vm-template" : "delete-vm-template";
    return Planned.of(path, body, List.of(target), Leeway.NONE);
  }

  /// A VM whose name others want keeps it: it might have another one after its recovery.
  Optional<Planned> recycle() {
    var vms =
        estate.idle(
            random,
            state -> !state.identity().binned() && state.name().startsWith(estate.prefix()));
    return Planned.changes(
        "move-vm-to-recycle",
        vms.subList(0, Math.min(vms.size(), 1 + random.nextInt(2))),
        null,
        state -> state.with(Power.STOPPED).binned(true),
        Leeway.NONE);
  }

  Optional<Planned> recover() {
    return Planned.changes(
        "recover-vm-from-recycle",
        estate.idle(random, state -> state.identity().binned()),
        null,
        state -> state.binned(false),
        Leeway.NONE);
  }

  Optional<Planned> delete() {
    var vms = estate.idle(random, _ -> true);
    var batch = vms.subList(0, Math.min(vms.size(), 1 + random.nextInt(2)));
    return Planned.changes("delete-vm", batch, null, _ -> null, Leeway.NONE);
  }
}
