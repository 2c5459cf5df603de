package io.belfry.hypervisor.simulator;

import io.belfry.hypervisor.Device;
import io.belfry.hypervisor.HostId;
import io.belfry.hypervisor.Moments;
import io.belfry.hypervisor.Series;
import io.belfry.hypervisor.UsageHistory;
import io.belfry.hypervisor.VmId;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongToDoubleFunction;

/// A past that nobody keeps: how busy something was is worked out when it is asked for, and is the
/// same each time.
///
/// It knows the VMs as they were at the latest turn. One that runs has been running, where it is
/// and as it is, since it booted, or always if it ran already when the simulator was told of it; of
/// one that doesn't run, nothing is known.
final class SimulatedHistory implements UsageHistory {
  private final Turns turns;
  private final Activity activity;
  private final Traffic traffic;

  SimulatedHistory(Turns turns, Activity activity) {
    this.turns = turns;
    this.activity = activity;
    this.traffic = new Traffic(activity);
  }

  @Override
  public Optional<Instant> since() {
    return Optional.of(Instant.EPOCH);
  }

  @Override
  public Series values(Source source, Quantity quantity, Moments moments) {
    return switch (source) {
      case Source.Vm(var vm) -> ofVm(vm, quantity, moments);
      case Source.Disk disk -> ofDisk(disk, quantity, moments);
      case Source.Nic nic -> ofNic(nic, quantity, moments);
      case Source.HostDisk(var host, var name) ->
          answers(host)
              ? always(traffic.ofHostDisk(host.value() + name, quantity), moments)
              : Series.unknown(moments.count());
      case Source.HostNic(var host, var name) ->
          answers(host)
              ? always(traffic.ofHostNic(host.value() + name, quantity), moments)
              : Series.unknown(moments.count());
    };
  }

  private Series ofVm(VmId vm, Quantity quantity, Moments moments) {
    return running(vm)
        .flatMap(machine -> usage(machine, quantity).map(usage -> of(machine, usage, moments)))
        .orElseGet(() -> Series.unknown(moments.count()));
  }

  private Optional<LongToDoubleFunction> usage(Machine machine, Quantity quantity) {
    var hasGuest = machine.guest() != null;
    return switch (quantity) {
      case CPU_PERCENT ->
          Optional.of(
              hasGuest ? activity.cpuOfGuest(machine.id()) : activity.cpuOfFirmware(machine.id()));
      case MEMORY_PERCENT ->
          Optional.of(
              hasGuest ? activity.memoryOfGuest(machine.id()) : activity.memoryOfFirmware());
      case READS,
          WRITES,
          READ_BYTES,
          WRITTEN_BYTES,
          READ_NANOS,
          WRITE_NANOS,
          RECEIVED_BYTES,
          SENT_BYTES ->
          Optional.empty();
    };
  }

  private Series ofDisk(Source.Disk disk, Quantity quantity, Moments moments) {
    return running(disk.vm())
        .filter(machine ->
            machine.definition().devices(Device.Disk.class).stream()
                .anyMatch(device -> device.volume().equals(disk.volume())))
        .map(machine -> {
          var name = disk.vm().value() + disk.volume().value();
          var usage = machine.guest() == null ? Traffic.none() : traffic.ofDisk(name, quantity);
          return of(machine, usage, moments);
        })
        .orElseGet(() -> Series.unknown(moments.count()));
  }

  private Series ofNic(Source.Nic nic, Quantity quantity, Moments moments) {
    return running(nic.vm())
        .flatMap(machine ->
            machine.definition().devices(Device.Nic.class).stream()
                .filter(device -> device.id().equals(nic.nic()))
                .findFirst()
                .map(device -> {
                  var idle = machine.guest() == null || !device.enabled();
                  var name = nic.vm().value() + nic.nic().value();
                  var usage = idle ? Traffic.none() : traffic.ofNic(name, quantity);
                  return of(machine, usage, moments);
                }))
        .orElseGet(() -> Series.unknown(moments.count()));
  }

  private Optional<Machine> running(VmId vm) {
    return turns.recall(world ->
        world
            .machines()
            .find(vm)
            .filter(machine -> machine.isRunning() && world.hosts().isReachable(machine.host())));
  }

  private boolean answers(HostId host) {
    return turns.recall(world -> world.hosts().answers(host));
  }

  private static Series of(Machine machine, LongToDoubleFunction usage, Moments moments) {
    return Series.of(
        moments.count(),
        i -> {
          var millis = moments.millis(i);
          return millis < machine.bootedAtMillis() ? Double.NaN : usage.applyAsDouble(millis);
        });
  }

  private static Series always(LongToDoubleFunction usage, Moments moments) {
    return Series.of(moments.count(), i -> usage.applyAsDouble(moments.millis(i)));
  }
}
