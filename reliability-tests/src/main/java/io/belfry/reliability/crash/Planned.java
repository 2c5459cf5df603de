package io.belfry.reliability.crash;

import io.belfry.sdk.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A call that a tenant is about to make, and what it expects of it.
///
/// @param targets one for each task that will be made, in the order of the answer
/// @param leeway what else than success is fine
record Planned(String path, Json body, List<Target> targets, Leeway leeway) {

  /// @param refusal part of the reason of a refusal that is fine; null if none is
  /// @param failure part of the message of a failure that is fine; null if none is
  /// @param slow whether a server may not live long enough to end it
  record Leeway(@Nullable String refusal, @Nullable String failure, boolean slow) {
    static final Leeway NONE = new Leeway(null, null, false);
    static final Leeway NO_MEMORY = new Leeway(null, "HostAvailableMemoryFilter", false);
    static final Leeway NO_GUEST = new Leeway(null, "SHUTDOWN_TIMEOUT", true);
    static final Leeway SLOW = new Leeway(null, null, true);
    static final Leeway NAME_TAKEN = new Leeway("VM_DUPLICATE", "VM_DUPLICATED_NAME", false);
    static final Leeway MAC_TAKEN = new Leeway("mac_address", "mac_address", false);
  }

  /// What one task is about.
  ///
  /// @param vm the VM that is locked meanwhile; null for none
  /// @param made the unique name of what is created, by which its task can be found; null if
  ///   something is changed that has an id
  /// @param settled told how it ended
  record Target(@Nullable OwnVm vm, @Nullable String made, Settlement settled) {}

  /// What to do when it is known whether something has been done.
  @FunctionalInterface
  interface Settlement {
    /// @param objectId of what was changed; empty where that never became known
    void settle(boolean done, String objectId);
  }

  /// A call, if there is anything to call it for.
  static Optional<Planned> of(String path, Json body, List<Target> targets, Leeway leeway) {
    return targets.isEmpty()
        ? Optional.empty()
        : Optional.of(new Planned(path, body, List.copyOf(targets), leeway));
  }

  /// A change of VMs that leads from each one's state to another, or to none.
  static Optional<Planned> changes(
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
    return of(path, where(vms, data), targets, leeway);
  }

  static Json where(List<OwnVm> vms, @Nullable Json data) {
    var where = Json.object("id_in", vms.stream().map(OwnVm::id).toList());
    return data == null ? Json.object("where", where) : Json.object("where", where, "data", data);
  }
}
