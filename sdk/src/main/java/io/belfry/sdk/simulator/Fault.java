package io.belfry.sdk.simulator;

import io.belfry.sdk.Json;
import io.belfry.sdk.JsonForm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What goes wrong, with which of the hypervisor's calls, and how often: with all of them, always,
/// unless you say more. Immutable: each method makes another fault. What has been said twice counts
/// as said last.
public final class Fault implements JsonForm {
  private static final String KIND = "kind";

  private final Map<String, Json> fields;

  Fault(Map<String, Json> fields) {
    this.fields = Map.copyOf(fields);
  }

  private static Fault of(String kind) {
    return new Fault(Map.of(KIND, Json.of(kind)));
  }

  private Fault with(String key, Object value) {
    var more = new LinkedHashMap<>(fields);
    more.put(key, Json.of(value));
    return new Fault(more);
  }

  // What goes wrong

  /// The hypervisor says no. Tasks fail.
  public static Fault refuse(Refusal refusal) {
    return of("REFUSE").with("fault", refusal.name());
  }

  /// The driver fails in a way that nobody has foreseen. Tasks are tried again a few times.
  public static Fault fail() {
    return of("FAIL");
  }

  /// The connection to the hypervisor breaks. Tasks are tried again until it works.
  public static Fault reset() {
    return of("RESET");
  }

  /// The call hangs until the rule is removed.
  public static Fault hang() {
    return of("HANG");
  }

  /// The call takes longer.
  public static Fault slow(Delay delay) {
    return of("SLOW").with("delay", delay);
  }

  /// Guests do nothing when asked to shut down.
  public static Fault guestIgnoresShutdown() {
    return of("GUEST_IGNORES_SHUTDOWN");
  }

  /// Storages have no space left.
  public static Fault storageFull() {
    return of("STORAGE_FULL");
  }

  /// Hosts have no memory left.
  public static Fault hostFull() {
    return of("HOST_FULL");
  }

  /// It goes wrong when the call has had its effect, and not before: for [#fail], [#reset], [#hang]
  /// and [#slow].
  public Fault afterTheEffect() {
    return with("when", "AFTER");
  }

  // With which calls

  /// Only these calls of the driver, such as `start` and `createVolume`.
  public Fault calls(String... names) {
    return with("calls", List.of(names));
  }

  /// Only calls for these operations of the API, such as `start-vm`.
  public Fault operations(String... paths) {
    return with("operations", List.of(paths));
  }

  /// Only calls about these entities: `Vm`, `VmVolume`, `IscsiLunSnapshot`.
  public Fault entities(String... names) {
    return with("entities", List.of(names));
  }

  /// Only calls about these objects, by their ids or local ids.
  public Fault objects(String... ids) {
    return with("objects", List.of(ids));
  }

  /// Only calls in which one of these hosts takes part, by their ids or local ids.
  public Fault hosts(String... ids) {
    return with("hosts", List.of(ids));
  }

  /// Only calls in which the storage of one of these clusters takes part, by the clusters' ids or
  /// local ids.
  public Fault storages(String... clusterIds) {
    return with("storages", List.of(clusterIds));
  }

  // How often

  /// Only the first so many.
  public Fault first(long count) {
    return with("first", count);
  }

  /// Only every so many.
  public Fault every(long count) {
    return with("every", count);
  }

  /// Only some, by chance; the same ones for the same seed.
  ///
  /// @param probability above 0, at most 1
  public Fault probability(double probability, long seed) {
    return with("probability", probability).with("seed", seed);
  }

  /// Decides what looks random about [#slow].
  public Fault seed(long seed) {
    return with("seed", seed);
  }

  @Override
  public Json json() {
    return Json.of(fields);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Fault fault && fields.equals(fault.fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }

  /// The JSON text.
  @Override
  public String toString() {
    return json().toString();
  }
}
