package io.belfry.datacenter;

import io.belfry.datacenter.MadeVm.Volume;
import io.belfry.datacenter.VmPlan.Disk;
import io.belfry.store.rows.IscsiLunEdit;
import io.belfry.store.rows.VmVolumeEdit;
import io.belfry.store.rows.VmVolumeType;

/// Makes volumes, each with its LUN.
final class VolumeRows {
  private final Construction construction;
  private final ClusterSite site;

  VolumeRows(Construction construction, ClusterSite site) {
    this.construction = construction;
    this.site = site;
  }

  /// @param guestTells whether guest tools tell what is on it
  Volume add(String name, Disk disk, boolean guestTells) {
    var id = construction.ids().cuid();
    var localId = construction.ids().uuid();
    var lun = site.datastore().nextLun();
    var lunId = construction.ids().cuid();
    addLun(lunId, localId, lun, disk);
    var volume = new Volume(id, localId, name, lunId, site.datastore().path(lun), disk);
    Long guestUsedBytes = guestTells ? disk.guestUsedBytes() : null;
    construction
        .rows()
        .add(
            VmVolumeEdit.edit()
                .id(id)
                .localId(localId)
                .clusterId(site.id())
                .lunId(lunId)
                .name(name)
                .description("")
                .path(volume.path())
                .type(VmVolumeType.KVM_VOLUME)
                .sharing(false)
                .size(disk.sizeBytes())
                .usedSize(disk.usedBytes())
                .usedSizeUsage(Percent.of(disk.usedBytes(), disk.sizeBytes()))
                .uniqueSize(disk.storedBytes())
                .uniqueLogicalSize((double) disk.usedBytes())
                .guestUsedSize(guestUsedBytes)
                .guestSizeUsage(
                    guestUsedBytes == null ? null : Percent.of(guestUsedBytes, disk.sizeBytes()))
                .elfStoragePolicy(disk.policy().type())
                .elfStoragePolicyReplicaNum(disk.policy().replicas())
                .elfStoragePolicyStripeNum(Datastore.STRIPES)
                .elfStoragePolicyThinProvision(disk.policy().thin())
                .residentInCache(false)
                .localCreatedAt(construction.past().instant()));
    return volume;
  }

  private void addLun(String id, String name, int number, Disk disk) {
    construction
        .rows()
        .add(
            withoutLimits(IscsiLunEdit.edit())
                .id(id)
                .localId(construction.ids().uuid())
                .iscsiTargetId(site.datastore().targetId())
                .lunId(number)
                .name(name)
                .zbsVolumeId(construction.ids().uuid())
                .allowedInitiators("*/*")
                .assignedSize(disk.sizeBytes())
                .uniqueSize(disk.storedBytes())
                .uniqueLogicalSize((double) disk.usedBytes())
                .sharedSize(0)
                .replicaNum(disk.policy().replicas())
                .thinProvision(disk.policy().thin())
                .stripeNum(Datastore.STRIPES)
                .stripeSize(Datastore.STRIPE_BYTES)
                .localCreatedAt(construction.past().instant()));
  }

  private static IscsiLunEdit withoutLimits(IscsiLunEdit lun) {
    return lun.bps(0)
        .bpsMax(0)
        .bpsMaxLength(0)
        .bpsRd(0)
        .bpsRdMax(0)
        .bpsRdMaxLength(0)
        .bpsWr(0)
        .bpsWrMax(0)
        .bpsWrMaxLength(0)
        .ioSize(0)
        .iops(0)
        .iopsMax(0)
        .iopsMaxLength(0)
        .iopsRd(0)
        .iopsRdMax(0)
        .iopsRdMaxLength(0)
        .iopsWr(0)
        .iopsWrMax(0)
        .iopsWrMaxLength(0);
  }
}
