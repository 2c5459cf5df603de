package io.belfry.reliability.crash;

import io.belfry.reliability.crash.VmState.Power;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/// What a tenant owns, going by what was acknowledged. Belongs to the tenant's thread.
final class Estate {
  private final String tenant;
  private final List<OwnVm> vms = new ArrayList<>();
  private final Set<String> looseVolumes = new TreeSet<>();
  private final Map<String, Kept> snapshots = new TreeMap<>();
  private final Set<String> deleted = new HashSet<>();
  private final Set<String> templates = new TreeSet<>();
  private final Set<String> volumeSnapshots = new TreeSet<>();
  private int names;
  private boolean awaitingGuest;

  Estate(String tenant) {
    this.tenant = tenant;
  }

  /// A name that nothing else has, and that is no part of another one.
  String newName(String kind) {
    return String.format(Locale.ROOT, "%s-%s-%05d", tenant, kind, names++);
  }

  /// What the names of all that is ours begin with.
  String prefix() {
    return tenant + "-";
  }

  List<OwnVm> vms() {
    return vms;
  }

  /// Volumes that no VM has.
  Set<String> looseVolumes() {
    return looseVolumes;
  }

  /// Snapshots of single volumes.
  Set<String> volumeSnapshots() {
    return volumeSnapshots;
  }

  /// Templates that were made of our VMs.
  Set<String> templates() {
    return templates;
  }

  /// Snapshots by name.
  Map<String, Kept> snapshots() {
    return snapshots;
  }

  /// What a snapshot kept of a VM.
  record Kept(OwnVm vm, VmState state) {}

  /// Whether nobody has tried to delete what has this name. From now on somebody has: a second try
  /// could not be told from the first by what its task says.
  boolean isDeletedFirst(String name) {
    return deleted.add(name);
  }

  /// Whether a guest is being asked to do something.
  boolean isAwaitingGuest() {
    return awaitingGuest;
  }

  void awaitGuest(boolean awaiting) {
    awaitingGuest = awaiting;
  }

  /// VMs that exist and that no task changes, in random order.
  List<OwnVm> idle(RandomGenerator random, Predicate<VmState> such) {
    var idle = new ArrayList<OwnVm>();
    for (var vm : vms) {
      if (vm.exists() && !vm.isBusy() && such.test(vm.state())) {
        idle.add(random.nextInt(idle.size() + 1), vm);
      }
    }
    return idle;
  }

  /// VMs that are not suspended, for whose devices and size that matters, in random order.
  List<OwnVm> allAwake(RandomGenerator random, Predicate<VmState> such) {
    return idle(
        random,
        state ->
            !state.identity().binned() && state.power() != Power.SUSPENDED && such.test(state));
  }

  /// One of them.
  Optional<OwnVm> awake(RandomGenerator random, Predicate<VmState> such) {
    return allAwake(random, such).stream().findFirst();
  }
}
