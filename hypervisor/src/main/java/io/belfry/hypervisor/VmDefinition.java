package io.belfry.hypervisor;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a VM shall be.
///
/// @param name for people who look at the hypervisor; need not be unique
/// @param memoryBytes what the guest has as RAM
/// @param devices their ids are distinct; the order of the NICs counts
/// @param cloudInit applied at the first boot only; null when there is nothing to tell the guest
public record VmDefinition(
    VmId id,
    String name,
    Cpu cpu,
    long memoryBytes,
    Firmware firmware,
    List<Device> devices,
    @Nullable CloudInit cloudInit) {
  public VmDefinition {
    Require.text("name", name);
    Require.positive("memoryBytes", memoryBytes);
    devices = List.copyOf(devices);
    Require.distinct("ids of devices", devices, Device::id);
  }

  /// The device with an id.
  public Optional<Device> device(DeviceId wanted) {
    return devices.stream().filter(device -> device.id().equals(wanted)).findFirst();
  }

  /// The disks, CD drives or NICs, in order.
  public <D extends Device> List<D> devices(Class<D> kind) {
    return devices.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /// The same VM under another name.
  public VmDefinition withName(String other) {
    return new VmDefinition(id, other, cpu, memoryBytes, firmware, devices, cloudInit);
  }

  /// The same VM with other CPUs and memory.
  public VmDefinition withSize(Cpu otherCpu, long otherMemoryBytes) {
    return new VmDefinition(id, name, otherCpu, otherMemoryBytes, firmware, devices, cloudInit);
  }

  /// The same VM with other devices.
  public VmDefinition withDevices(List<Device> others) {
    return new VmDefinition(id, name, cpu, memoryBytes, firmware, others, cloudInit);
  }

  /// The same VM with nothing to tell its guest.
  public VmDefinition withoutCloudInit() {
    return new VmDefinition(id, name, cpu, memoryBytes, firmware, devices, null);
  }

  /// The same VM with one device more, the last.
  public VmDefinition with(Device device) {
    return withDevices(Stream.concat(devices.stream(), Stream.of(device)).toList());
  }

  /// The same VM with a device in the place of the one that has its id.
  public VmDefinition withReplaced(Device device) {
    return withDevices(
        devices.stream().map(old -> old.id().equals(device.id()) ? device : old).toList());
  }

  /// The same VM without a device.
  public VmDefinition without(DeviceId device) {
    return withDevices(devices.stream().filter(old -> !old.id().equals(device)).toList());
  }
}
