package io.belfry.reliability.crash;

import java.util.Set;
import java.util.TreeSet;

/// What a VM must look like, going by what was acknowledged.
record VmState(Identity identity, Power power, Size size, Devices devices) {

  /// @param binned whether it is in the recycle bin, where it has another name
  record Identity(String name, String description, boolean binned) {}

  enum Power {
    RUNNING,
    STOPPED,
    SUSPENDED
  }

  record Size(long memory, long vcpu) {}

  /// @param volumes names of the volumes that we have given it
  /// @param disks how many disks it has, those from a template included
  record Devices(Set<String> volumes, int disks, int cdRoms, int nics) {
    Devices {
      volumes = Set.copyOf(volumes);
    }

    Devices withNics(int more) {
      return new Devices(volumes, disks, cdRoms, nics + more);
    }

    Devices withCdRoms(int more) {
      return new Devices(volumes, disks, cdRoms + more, nics);
    }

    Devices with(String volume) {
      var more = new TreeSet<>(volumes);
      more.add(volume);
      return new Devices(more, disks + 1, cdRoms, nics);
    }

    Devices without(String volume) {
      var fewer = new TreeSet<>(volumes);
      fewer.remove(volume);
      return new Devices(fewer, disks - 1, cdRoms, nics);
    }
  }

  String name() {
    return identity.name();
  }

  VmState with(Identity changed) {
    return new VmState(changed, power, size, devices);
  }

  VmState with(Power changed) {
    return new VmState(identity, changed, size, devices);
  }

  VmState with(Size changed) {
    return new VmState(identity, power, changed, devices);
  }

  VmState with(Devices changed) {
    return new VmState(identity, power, size, changed);
  }

  VmState binned(boolean binned) {
    return with(new Identity(identity.name(), identity.description(), binned));
  }
}
