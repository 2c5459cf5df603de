package io.belfry.hypervisor;

import org.jspecify.annotations.Nullable;

/// Something plugged into a VM.
public sealed interface Device {
  DeviceId id();

  /// A volume that the guest sees as a disk.
  ///
  /// @param bootOrder the firmware tries devices with lower numbers first
  record Disk(DeviceId id, VolumeId volume, Bus bus, int bootOrder) implements Device {}

  /// A CD drive.
  ///
  /// @param bootOrder the firmware tries devices with lower numbers first
  /// @param image what is in it; null when it is empty
  /// @param enabled false when the guest shall not see the drive
  record CdRom(DeviceId id, int bootOrder, @Nullable ImageId image, boolean enabled)
      implements Device {
    /// The same drive with another image, or, for null, none.
    public CdRom withImage(@Nullable ImageId other) {
      return new CdRom(id, bootOrder, other, enabled);
    }
  }

  /// A network card. The order of the NICs is their order in the definition.
  ///
  /// @param enabled false when its cable is pulled
  /// @param mirrored whether it receives a copy of the network's traffic
  record Nic(
      DeviceId id,
      MacAddress mac,
      NetworkId network,
      Model model,
      boolean enabled,
      boolean mirrored)
      implements Device {

    /// What the guest takes the card for. `SRIOV` passes a function of a physical card through.
    public enum Model {
      VIRTIO,
      E1000,
      SRIOV
    }
  }

  /// How a disk is connected.
  enum Bus {
    IDE,
    SCSI,
    VIRTIO,
    USB
  }
}
