package io.belfry.operations.metric;

import io.belfry.store.rows.MetricUnit;

/// How a metric is worked out of what a driver remembers.
enum Formula {
  CPU_HERTZ(MetricUnit.FREQUENCY),
  CPU_PERCENT(MetricUnit.PERCENT),
  /// As the guests use it.
  MEMORY_BYTES(MetricUnit.DATA_SIZE),
  MEMORY_PERCENT(MetricUnit.PERCENT),
  /// What a host is busy with: all VMs that run on it.
  HOST_CPU_HERTZ(MetricUnit.FREQUENCY),
  HOST_CPU_PERCENT(MetricUnit.PERCENT),
  /// What a host has given away: to its own system, and to VMs as much as they are defined to have.
  HOST_MEMORY_BYTES(MetricUnit.DATA_SIZE),
  HOST_MEMORY_PERCENT(MetricUnit.PERCENT),
  RUNNING_VCPUS(MetricUnit.COUNT),
  RUNNING_MEMORY_BYTES(MetricUnit.DATA_SIZE),
  READS(MetricUnit.COUNT),
  WRITES(MetricUnit.COUNT),
  READS_AND_WRITES(MetricUnit.COUNT),
  READ_BYTES(MetricUnit.DATA_RATE_BYTE),
  WRITTEN_BYTES(MetricUnit.DATA_RATE_BYTE),
  READ_AND_WRITTEN_BYTES(MetricUnit.DATA_RATE_BYTE),
  READ_NANOS(MetricUnit.TIME),
  WRITE_NANOS(MetricUnit.TIME),
  READ_AND_WRITE_NANOS(MetricUnit.TIME),
  RECEIVED_BYTES(MetricUnit.DATA_RATE_BYTE),
  RECEIVED_BITS(MetricUnit.DATA_RATE_BIT),
  SENT_BYTES(MetricUnit.DATA_RATE_BYTE),
  SENT_BITS(MetricUnit.DATA_RATE_BIT);

  private final MetricUnit unit;

  Formula(MetricUnit unit) {
    this.unit = unit;
  }

  MetricUnit unit() {
    return unit;
  }
}
