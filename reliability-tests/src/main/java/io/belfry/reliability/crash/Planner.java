package io.belfry.reliability.crash;

import io.belfry.reliability.crash.Planned.Leeway;
import io.belfry.reliability.crash.VmState.Power;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Thinks of what a tenant could do next: mostly what must work, sometimes what must not. Draws
/// everything from one random source.
final class Planner {
  private final Creations creations;
  private final DeviceChanges devices;
  private final StateChanges states;
  private final DeviceChanges.Devices found;
  private final RandomGenerator random;

  Planner(
      Estate estate,
      Surroundings surroundings,
      DeviceChanges.Devices found,
      RandomGenerator random) {
    this.creations = new Creations(estate, surroundings, random);
    this.devices = new DeviceChanges(estate, surroundings, found, random);
    this.states = new StateChanges(estate, surroundings.clusterId(), random);
    this.found = found;
    this.random = random;
  }

  /// What to do next; empty if the one thing that came to mind can't be done now.
  Optional<Planned> next() throws InterruptedException {
    return switch (random.nextInt(35)) {
      case 0, 1, 2 -> creations.create();
      case 3 -> creations.createFromTemplate();
      case 4, 5 -> states.power("start-vm", Power.STOPPED, Power.RUNNING, Leeway.NO_MEMORY);
      case 6 -> states.power("poweroff-vm", Power.RUNNING, Power.STOPPED, Leeway.NONE);
      case 7 -> states.guest("shutdown-vm", Power.STOPPED, Leeway.NO_GUEST);
      case 8 -> states.power("suspend-vm", Power.RUNNING, Power.SUSPENDED, Leeway.NONE);
      case 9, 10 -> states.power("resume-vm", Power.SUSPENDED, Power.RUNNING, Leeway.NONE);
      case 11 -> states.guest("restart-vm", Power.RUNNING, Leeway.SLOW);
      case 12 -> states.power("force-restart-vm", Power.RUNNING, Power.RUNNING, Leeway.NONE);
      case 13 -> states.power("migrate-vm", Power.RUNNING, Power.RUNNING, Leeway.NO_MEMORY);
      case 14 -> states.power("migrate-vm", Power.STOPPED, Power.STOPPED, Leeway.NO_MEMORY);
      case 15 -> states.update();
      case 16 -> devices.addDisk();
      case 17 -> devices.removeDisk();
      case 18 -> devices.addNic();
      case 19 -> devices.removeNic();
      case 20 -> random.nextBoolean() ? devices.addCdRom() : devices.removeCdRom();
      case 21 -> states.snapshot();
      case 22 -> states.recycle();
      case 23 -> states.recover();
      case 24 -> states.delete();
      case 25 -> devices.updateNic();
      case 26 -> creations.cloneVm();
      case 27, 28 -> states.rollBack(found);
      case 29 -> states.deleteSnapshot();
      case 30 -> states.makeTemplate();
      case 31 -> states.deleteTemplate();
      case 32 -> random.nextInt(3) > 0 ? devices.snapshotVolume() : devices.deleteVolumeSnapshot();
      case 33 -> random.nextBoolean() ? devices.expandDisk() : devices.deleteVolume();
      default -> random.nextBoolean() ? creations.createVolume() : devices.mount();
    };
  }

  /// The same with all VMs that it can be done with now.
  List<Planned> many(Burst.Kind kind) {
    return switch (kind) {
      case EDIT -> states.describeAll().stream().toList();
      case ADD_NICS -> devices.addNics().stream().toList();
      case REMOVE_NICS -> devices.removeNics().stream().toList();
      case ADD_DISKS -> devices.addDisks();
      case SNAPSHOT -> states.snapshots();
      case POWER_OFF -> states.all("poweroff-vm", Power.RUNNING, Power.STOPPED, Leeway.NONE);
      case START -> states.all("start-vm", Power.STOPPED, Power.RUNNING, Leeway.NO_MEMORY);
      case SUSPEND -> states.all("suspend-vm", Power.RUNNING, Power.SUSPENDED, Leeway.NONE);
    };
  }
}
