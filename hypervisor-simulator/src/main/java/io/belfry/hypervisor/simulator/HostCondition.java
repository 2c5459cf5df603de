package io.belfry.hypervisor.simulator;

import io.belfry.hypervisor.HostId;
import io.belfry.hypervisor.HostState;

/// The state that a host was put into.
public record HostCondition(HostId id, HostState state) implements WorldObject {
  @Override
  public ObjectKey key() {
    return new ObjectKey(Kind.HOST, id.value());
  }
}
