package io.belfry.hypervisor.simulator;

import io.belfry.hypervisor.Fault;
import io.belfry.hypervisor.HypervisorException;
import io.belfry.hypervisor.VmId;
import io.belfry.hypervisor.VolumeDefinition;
import io.belfry.hypervisor.VolumeId;
import java.util.HashSet;
import java.util.Set;

/// A volume at one moment.
///
/// @param users the VMs that have it as a disk
/// @param sharing what shares its content
public record Volume(VolumeDefinition definition, Content content, Sharing sharing, Set<VmId> users)
    implements WorldObject {
  public Volume {
    users = Set.copyOf(users);
  }

  @Override
  public ObjectKey key() {
    return new ObjectKey(Kind.VOLUME, id().value());
  }

  static Volume unused(VolumeDefinition definition, Content content, Sharing sharing) {
    return new Volume(definition, content, sharing, Set.of());
  }

  VolumeId id() {
    return definition.id();
  }

  /// What its content takes, without redundancy.
  long usedBytes() {
    return definition.policy().thin() ? content.bytes() : definition.sizeBytes();
  }

  /// What it takes from its storage.
  long storedBytes() {
    var ownBytes = usedBytes() - content.borrowedBytes();
    return (long) (ownBytes * definition.policy().redundancy().overhead());
  }

  /// That it cannot do without a user.
  HypervisorException inUseBy(VmId vm) {
    return new Fault.VolumeInUse(id(), vm).asException();
  }

  Volume with(VolumeDefinition other) {
    return new Volume(other, content, sharing, users);
  }

  Volume with(Content other) {
    return new Volume(definition, other, sharing, users);
  }

  Volume with(Sharing other) {
    return new Volume(definition, content, other, users);
  }

  Volume usedBy(VmId vm) {
    var more = new HashSet<>(users);
    more.add(vm);
    return new Volume(definition, content, sharing, more);
  }

  Volume unusedBy(VmId vm) {
    var fewer = new HashSet<>(users);
    fewer.remove(vm);
    return new Volume(definition, content, sharing, fewer);
  }
}
