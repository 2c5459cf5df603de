package io.belfry.hypervisor.simulator.faults;

import io.belfry.hypervisor.HostId;
import io.belfry.hypervisor.Id;
import io.belfry.hypervisor.StorageId;
import io.belfry.hypervisor.simulator.Faults.Call;
import java.util.Set;

/// Which calls a rule is about: those that fit everywhere. An empty set fits everything. Ids are
/// those that the driver knows.
///
/// @param calls names of the driver's methods
/// @param operations paths of the API's operations
/// @param kinds what a call is about
/// @param objects ids of what a call is about
/// @param hosts ids of hosts that take part in a call
/// @param storages ids of storages that take part in a call
public record Target(
    Set<String> calls,
    Set<String> operations,
    Set<Kind> kinds,
    Set<String> objects,
    Set<String> hosts,
    Set<String> storages) {
  /// Every call.
  public static final Target ANY = ofCalls();

  public Target {
    calls = Set.copyOf(calls);
    operations = Set.copyOf(operations);
    kinds = Set.copyOf(kinds);
    objects = Set.copyOf(objects);
    hosts = Set.copyOf(hosts);
    storages = Set.copyOf(storages);
  }

  /// Calls by the names of the driver's methods, about anything anywhere.
  public static Target ofCalls(String... names) {
    return new Target(Set.of(names), Set.of(), Set.of(), Set.of(), Set.of(), Set.of());
  }

  boolean fits(Call call, String operation) {
    return fits(calls, call.name())
        && fits(operations, operation)
        && (kinds.isEmpty() || kinds.stream().anyMatch(kind -> kind.isOf(call.about())))
        && fits(objects, call.about().value())
        && fits(hosts, call, HostId.class)
        && fits(storages, call, StorageId.class);
  }

  private static boolean fits(Set<String> wanted, String value) {
    return wanted.isEmpty() || wanted.contains(value);
  }

  private static boolean fits(Set<String> wanted, Call call, Class<? extends Id> kind) {
    return wanted.isEmpty()
        || call.places().stream()
            .anyMatch(place -> kind.isInstance(place) && wanted.contains(place.value()));
  }
}
