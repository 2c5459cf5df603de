package io.belfry.hypervisor;

import java.time.Instant;
import java.util.Optional;

/// What a hypervisor remembers of how busy things were.
public interface UsageHistory {
  /// Of a hypervisor that remembers nothing.
  UsageHistory NONE =
      new UsageHistory() {
        @Override
        public Optional<Instant> since() {
          return Optional.empty();
        }

        @Override
        public Series values(Source source, Quantity quantity, Moments moments) {
          return Series.unknown(moments.count());
        }
      };

  /// From when on anything is remembered; empty if nothing is.
  Optional<Instant> since();

  /// What was measured; answered from memory, without waiting. Nothing is known of moments when a
  /// VM didn't run, of what doesn't exist, and of what is never measured there.
  Series values(Source source, Quantity quantity, Moments moments);

  /// Where something is measured.
  sealed interface Source {
    /// A VM's CPUs and memory.
    record Vm(VmId vm) implements Source {}

    /// What a VM does with a volume.
    record Disk(VmId vm, VolumeId volume) implements Source {}

    /// What goes through a VM's NIC.
    record Nic(VmId vm, DeviceId nic) implements Source {}

    /// What a host does with one of its disks.
    ///
    /// @param name as the host calls it, `sda`
    record HostDisk(HostId host, String name) implements Source {}

    /// What goes through a port of a host.
    ///
    /// @param name as the host calls it, `eno1`
    record HostNic(HostId host, String name) implements Source {}
  }

  /// What is measured. Rates are per second.
  enum Quantity {
    /// Of all virtual CPUs of a VM, 0–100, as in [UsageSeen].
    CPU_PERCENT,
    /// Of a VM's memory, 0–100, as in [UsageSeen].
    MEMORY_PERCENT,
    READS,
    WRITES,
    READ_BYTES,
    WRITTEN_BYTES,
    /// How long a read takes.
    READ_NANOS,
    /// How long a write takes.
    WRITE_NANOS,
    RECEIVED_BYTES,
    SENT_BYTES
  }
}
