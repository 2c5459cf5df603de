package io.belfry.hypervisor.simulator;

import io.belfry.hypervisor.simulator.WorldObject.Kind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Everything in a simulated data centre, and what has been done to it in a turn. For one thread at
/// a time.
final class World {
  private final Changes changes = new Changes();
  private final Map<Kind, ObjectsById<?>> objects = new EnumMap<>(Kind.class);
  private final Hosts hosts = new Hosts(changes);
  private final Storages storages = new Storages();
  private final Volumes volumes;
  private final Snapshots snapshots;
  private final Copying copying;
  private final Guests guests;
  private final Machines machines;
  private final Sight sight;

  /// An empty one.
  ///
  /// @param seed decides all that looks random
  World(long seed, SimulationSpeed speed) {
    var activity = new Activity(seed);
    var networks = new Networks(seed, changes);
    volumes = new Volumes(storages, activity, changes);
    snapshots = new Snapshots(volumes, changes);
    copying = new Copying(volumes, snapshots);
    guests = new Guests(networks, volumes, speed);
    machines = new Machines(hosts, volumes, networks, guests, changes);
    sight = new Sight(this, activity);
    objects.put(Kind.HOST, hosts.conditions());
    objects.put(Kind.LEASE, networks.leases());
    objects.put(Kind.NETWORK, networks.settled());
    objects.put(Kind.SNAPSHOT, snapshots.objects());
    objects.put(Kind.VM, machines.objects());
    objects.put(Kind.VOLUME, volumes.objects());
  }

  Hosts hosts() {
    return hosts;
  }

  Volumes volumes() {
    return volumes;
  }

  Snapshots snapshots() {
    return snapshots;
  }

  Copying copying() {
    return copying;
  }

  Guests guests() {
    return guests;
  }

  Machines machines() {
    return machines;
  }

  Sight sight() {
    return sight;
  }

  /// Adds what somebody's records say exists; that counts as no change.
  void restore(Inventory inventory, long nowMillis) {
    inventory.hosts().forEach(hosts::put);
    inventory.storages().forEach(storages::put);
    inventory.toolsImages().forEach(machines::record);
    inventory.volumes().forEach(volumes::record);
    inventory.snapshots().forEach(snapshots::record);
    inventory.vms().forEach(vm -> machines.record(vm, nowMillis));
    changes.forget();
  }

  /// Makes an object what somebody else made of it.
  void apply(Change change) {
    objects(change).put(change.key().id(), change.state());
  }

  /// What has been changed in this turn.
  List<Change> changed() {
    return changes.before().stream()
        .map(before -> new Change(before.key(), objects(before).get(before.key().id())))
        .toList();
  }

  /// Takes this turn back.
  void takeBack() {
    changes.before().forEach(this::apply);
    changes.forget();
  }

  /// Ends this turn.
  void settle() {
    changes.forget();
  }

  private ObjectsById<?> objects(Change change) {
    return Objects.requireNonNull(objects.get(change.key().kind()));
  }
}
