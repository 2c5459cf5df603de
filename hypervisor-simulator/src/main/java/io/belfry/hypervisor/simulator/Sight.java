package io.belfry.hypervisor.simulator;

import io.belfry.hypervisor.Device;
import io.belfry.hypervisor.GuestSeen;
import io.belfry.hypervisor.GuestSeen.Tools;
import io.belfry.hypervisor.HostId;
import io.belfry.hypervisor.PowerState;
import io.belfry.hypervisor.SnapshotSeen;
import io.belfry.hypervisor.UsageSeen;
import io.belfry.hypervisor.VmSeen;
import io.belfry.hypervisor.VolumeSeen;
import java.util.List;

/// What is to be seen of a world.
final class Sight {
  private final World world;
  private final Activity activity;

  Sight(World world, Activity activity) {
    this.world = world;
    this.activity = activity;
  }

  List<VmSeen> vmsOn(HostId host, long nowMillis) {
    world.hosts().requireReachable(host);
    return world.hosts().vms(host).stream()
        .flatMap(vm -> world.machines().find(vm).stream())
        .map(machine -> vm(machine, nowMillis))
        .toList();
  }

  VmSeen vm(Machine machine, long nowMillis) {
    var disks = machine.definition().devices(Device.Disk.class);
    var guestTells = world.guests().toolsRun(machine, nowMillis);
    var volumesSeen =
        disks.stream()
            .flatMap(disk -> world.volumes().find(disk.volume()).stream())
            .map(volume -> world.volumes().seen(volume, guestTells, nowMillis))
            .toList();
    if (!world.hosts().isReachable(machine.host())) {
      return new VmSeen(
          machine.definition(),
          machine.host(),
          PowerState.UNKNOWN,
          GuestSeen.silent(Tools.UNKNOWN),
          UsageSeen.NONE,
          volumesSeen);
    }
    return new VmSeen(
        machine.definition(),
        machine.host(),
        machine.power(),
        world.guests().seen(machine, nowMillis),
        usage(machine, nowMillis),
        volumesSeen);
  }

  private UsageSeen usage(Machine machine, long nowMillis) {
    if (!machine.isRunning()) {
      return UsageSeen.NONE;
    }
    return machine.guest() == null
        ? activity.ofFirmware(machine.id(), nowMillis)
        : activity.ofGuest(machine.id(), nowMillis);
  }

  VolumeSeen volume(Volume volume, long nowMillis) {
    var guestTells =
        volume.users().stream()
            .flatMap(vm -> world.machines().find(vm).stream())
            .anyMatch(machine -> world.guests().toolsRun(machine, nowMillis));
    return world.volumes().seen(volume, guestTells, nowMillis);
  }

  SnapshotSeen snapshot(Snapshot snapshot, long nowMillis) {
    return world.snapshots().seen(snapshot, nowMillis);
  }
}
