package io.belfry.datacenter;

import io.belfry.datacenter.ContentLibrary.Images;
import io.belfry.datacenter.MadeVm.Nic;
import io.belfry.datacenter.MadeVm.Volume;
import io.belfry.store.rows.Bus;
import io.belfry.store.rows.VmDiskEdit;
import io.belfry.store.rows.VmDiskType;
import io.belfry.store.rows.VmNicEdit;
import io.belfry.store.rows.VmNicModel;
import io.belfry.store.rows.VmNicType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes what is plugged into VMs: disks, CD drives and network cards.
final class DeviceRows {
  private final Construction construction;
  private final ClusterSite site;
  private final @Nullable Images images;

  /// @param images what can be in drives; null where there are none
  DeviceRows(Construction construction, ClusterSite site, @Nullable Images images) {
    this.construction = construction;
    this.site = site;
    this.images = images;
  }

  /// A disk for each volume, and a CD drive.
  ///
  /// @param installs whether the drive holds what a system is installed from
  void addDisks(String vmId, List<Volume> volumes, boolean installs) {
    var bus = site.isElf() ? Bus.VIRTIO : Bus.SCSI;
    var boot = 0;
    for (var volume : volumes) {
      construction
          .rows()
          .add(
              disk(vmId, boot)
                  .type(VmDiskType.DISK)
                  .bus(bus)
                  .vmVolumeId(volume.id())
                  .serial(volume.localId())
                  .device(device(bus, boot))
                  .elfImageId(null)
                  .svtImageId(null));
      boot++;
    }
    construction
        .rows()
        .add(
            disk(vmId, boot)
                .type(VmDiskType.CD_ROM)
                .bus(Bus.IDE)
                .vmVolumeId(null)
                .serial("")
                .device("hda")
                .elfImageId(installs && images != null ? images.installer() : null)
                .svtImageId(null));
  }

  private VmDiskEdit disk(String vmId, int boot) {
    return VmDiskEdit.edit()
        .id(construction.ids().cuid())
        .vmId(vmId)
        .boot(boot)
        .key(boot)
        .disabled(false);
  }

  private static String device(Bus bus, int number) {
    return (bus == Bus.VIRTIO ? "vd" : "sd") + (char) ('a' + number);
  }

  /// The NICs that a VM shall have, on the first networks of its cluster.
  List<Nic> nics(VmPlan plan) {
    var nics = new ArrayList<Nic>();
    for (var network : site.networks().subList(0, plan.hardware().nics())) {
      var subnet = network.subnet();
      var address = plan.tells() && subnet != null ? subnet.next() : null;
      nics.add(new Nic(construction.macs().ofVm(), network, address));
    }
    return nics;
  }

  void addNics(String vmId, List<Nic> nics) {
    for (var order = 0; order < nics.size(); order++) {
      var nic = nics.get(order);
      var subnet = nic.address() == null ? null : nic.network().subnet();
      construction
          .rows()
          .add(
              VmNicEdit.edit()
                  .id(construction.ids().cuid())
                  .localId(construction.ids().uuid())
                  .vmId(vmId)
                  .vlanId(nic.network().id())
                  .order(order)
                  .macAddress(nic.mac())
                  .model(VmNicModel.VIRTIO)
                  .type(VmNicType.VLAN)
                  .enabled(true)
                  .mirror(false)
                  .ipAddress(nic.address())
                  .subnetMask(subnet == null ? null : Subnet.MASK)
                  .gateway(subnet == null ? null : subnet.gateway())
                  .guestInfoIpAddresses(
                      nic.address() == null ? Json.NONE : Json.texts(nic.address()))
                  .guestInfoIpAddressesV6(Json.NONE)
                  .egressRateLimitEnabled(false)
                  .ingressRateLimitEnabled(false));
    }
  }
}
