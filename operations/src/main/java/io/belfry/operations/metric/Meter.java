package io.belfry.operations.metric;

import io.belfry.hypervisor.Moments;
import io.belfry.hypervisor.Series;
import io.belfry.hypervisor.UsageHistory;
import io.belfry.hypervisor.UsageHistory.Quantity;
import io.belfry.operations.metric.Measured.Machine;
import io.belfry.operations.metric.Measured.Metered;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/// Works out the values of metrics at some moments.
record Meter(UsageHistory history, Moments moments) {
  private static final int PERCENT = 100;
  private static final int BITS = 8;

  Series series(Formula formula, Measured of) {
    var capacity = of.capacity();
    return switch (formula) {
      case CPU_HERTZ -> usedHertz(of);
      case CPU_PERCENT -> usedHertz(of).times(share(capacity.hertz()));
      case MEMORY_BYTES -> usedMemory(of);
      case MEMORY_PERCENT -> usedMemory(of).times(share(capacity.memoryBytes()));
      case HOST_CPU_HERTZ -> always(0).plus(usedHertz(of));
      case HOST_CPU_PERCENT -> always(0).plus(usedHertz(of)).times(share(capacity.hertz()));
      case HOST_MEMORY_BYTES -> heldMemory(of);
      case HOST_MEMORY_PERCENT -> heldMemory(of).times(share(capacity.memoryBytes()));
      case RUNNING_VCPUS -> always(0).plus(running(of, Machine::vcpus));
      case RUNNING_MEMORY_BYTES -> always(0).plus(running(of, Machine::memoryBytes));
      case READS -> sum(of.disks(), Quantity.READS);
      case WRITES -> sum(of.disks(), Quantity.WRITES);
      case READS_AND_WRITES -> both(of, Quantity.READS, Quantity.WRITES);
      case READ_BYTES -> sum(of.disks(), Quantity.READ_BYTES);
      case WRITTEN_BYTES -> sum(of.disks(), Quantity.WRITTEN_BYTES);
      case READ_AND_WRITTEN_BYTES -> both(of, Quantity.READ_BYTES, Quantity.WRITTEN_BYTES);
      case READ_NANOS -> mean(reading(of), sum(of.disks(), Quantity.READS));
      case WRITE_NANOS -> mean(writing(of), sum(of.disks(), Quantity.WRITES));
      case READ_AND_WRITE_NANOS ->
          mean(reading(of).plus(writing(of)), both(of, Quantity.READS, Quantity.WRITES));
      case RECEIVED_BYTES -> sum(of.nics(), Quantity.RECEIVED_BYTES);
      case RECEIVED_BITS -> sum(of.nics(), Quantity.RECEIVED_BYTES).times(BITS);
      case SENT_BYTES -> sum(of.nics(), Quantity.SENT_BYTES);
      case SENT_BITS -> sum(of.nics(), Quantity.SENT_BYTES).times(BITS);
    };
  }

  /// How many percent one of so many is.
  private static double share(long all) {
    return (double) PERCENT / all;
  }

  private Series usedHertz(Measured of) {
    return sum(
        of.machines(),
        machine -> values(machine.meter(), Quantity.CPU_PERCENT).times(machine.hertz() / PERCENT));
  }

  private Series usedMemory(Measured of) {
    return sum(
        of.machines(),
        machine ->
            values(machine.meter(), Quantity.MEMORY_PERCENT)
                .times((double) machine.memoryBytes() / PERCENT));
  }

  private Series heldMemory(Measured of) {
    return always((double) of.capacity().heldBytes()).plus(running(of, Machine::memoryBytes));
  }

  /// What the VMs have that run at each moment.
  private Series running(Measured of, ToDoubleFunction<Machine> what) {
    return sum(
        of.machines(),
        machine -> {
          var cpu = values(machine.meter(), Quantity.CPU_PERCENT);
          var each = what.applyAsDouble(machine);
          return Series.of(cpu.size(), i -> cpu.knows(i) ? each : Double.NaN);
        });
  }

  /// What is so whether anything runs or not, as long as anybody remembers.
  private Series always(double value) {
    var since = history.since().orElse(Instant.MAX);
    return Series.of(
        moments.count(),
        i -> Instant.ofEpochMilli(moments.millis(i)).isBefore(since) ? Double.NaN : value);
  }

  private Series both(Measured of, Quantity one, Quantity other) {
    return sum(of.disks(), one).plus(sum(of.disks(), other));
  }

  /// How long all reads of a second take together.
  private Series reading(Measured of) {
    return sum(of.disks(), disk -> product(disk, Quantity.READS, Quantity.READ_NANOS));
  }

  /// How long all writes of a second take together.
  private Series writing(Measured of) {
    return sum(of.disks(), disk -> product(disk, Quantity.WRITES, Quantity.WRITE_NANOS));
  }

  private Series product(Metered disk, Quantity one, Quantity other) {
    return values(disk, one).with(values(disk, other), (a, b) -> a * b);
  }

  /// Where nothing was done, nobody knows how long it takes.
  private static Series mean(Series sum, Series count) {
    return sum.with(count, (total, number) -> number == 0 ? Double.NaN : total / number);
  }

  private Series sum(List<Metered> meters, Quantity quantity) {
    return sum(meters, meter -> values(meter, quantity));
  }

  private <T> Series sum(List<T> parts, Function<T, Series> series) {
    return parts.stream().map(series).reduce(Series.unknown(moments.count()), Series::plus);
  }

  private Series values(Metered meter, Quantity quantity) {
    var values = history.values(meter.source(), quantity, moments);
    return Series.of(
        values.size(), i -> moments.millis(i) < meter.sinceMillis() ? Double.NaN : values.at(i));
  }
}
