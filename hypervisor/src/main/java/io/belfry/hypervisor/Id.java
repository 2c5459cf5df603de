package io.belfry.hypervisor;

/// What something is called by Belfry and the driver alike; chosen by Belfry, never by the driver.
public sealed interface Id
    permits DeviceId, HostId, ImageId, NetworkId, SnapshotId, StorageId, VmId, VolumeId {
  /// Not blank. UUIDs wherever the hypervisor can take one.
  String value();
}
