package io.belfry.datacenter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.datacenter.VmPlan.Policy;
import io.belfry.store.rows.Architecture;
import io.belfry.store.rows.ContentLibraryImageEdit;
import io.belfry.store.rows.ContentLibraryImageRow;
import io.belfry.store.rows.ContentLibraryVmTemplateEdit;
import io.belfry.store.rows.ContentLibraryVmTemplateRow;
import io.belfry.store.rows.ElfImageEdit;
import io.belfry.store.rows.SvtImageEdit;
import io.belfry.store.rows.VmClockOffset;
import io.belfry.store.rows.VmDiskIoPolicy;
import io.belfry.store.rows.VmTemplateEdit;
import io.belfry.store.rows.VmVideoType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Makes CD images and VM templates, of the library and of every cluster that has a copy.
final class ContentLibrary {
  private static final String CPU_MODEL = "cluster_default";
  private static final int TOOLS_NUMBER = 320;

  private final Construction construction;

  ContentLibrary(Construction construction) {
    this.construction = construction;
  }

  /// The ids of the CD images that VMs of a cluster can have in their drives.
  record Images(String installer, String tools) {}

  /// Fills the library and distributes all of it.
  ///
  /// @return the images, by the clusters' ids
  Map<String, Images> add(List<ClusterSite> clusters) {
    var installers =
        addImage("CentOS-7-x86_64-Minimal.iso", "CentOS 7.9", 1_020_264_448L, clusters);
    addImage("ubuntu-22.04-live-server-amd64.iso", "Ubuntu 22.04", 2_104_408_064L, clusters);
    addImage("Windows_Server_2019.iso", "Windows Server 2019", 5_296_713_728L, clusters);
    var images = new HashMap<String, Images>();
    for (var cluster : clusters) {
      var installer = installers.getOrDefault(cluster.id(), "");
      images.put(cluster.id(), new Images(installer, addTools(cluster)));
    }
    for (var template : Template.ALL) {
      addTemplate(template, clusters);
    }
    return images;
  }

  /// @return the ids of the clusters' copies, by the clusters' ids
  private Map<String, String> addImage(
      String name, String description, long bytes, List<ClusterSite> clusters) {
    var id = construction.ids().cuid();
    var localIds = clusters.stream().map(_ -> construction.ids().uuid()).toList();
    construction
        .rows()
        .add(
            ContentLibraryImageEdit.edit()
                .id(id)
                .name(name)
                .description(description)
                .path("/usr/share/smartx/images/" + name)
                .size(bytes)
                .elfImageUuids(Json.texts(localIds))
                .createdAt(construction.past().instant()));
    construction.rows().link(ContentLibraryImageRow.TYPE, "clusters", id, ids(clusters));
    var copies = new HashMap<String, String>();
    for (var i = 0; i < clusters.size(); i++) {
      var copy = construction.ids().cuid();
      copies.put(clusters.get(i).id(), copy);
      construction
          .rows()
          .add(
              ElfImageEdit.edit()
                  .id(copy)
                  .localId(localIds.get(i))
                  .clusterId(clusters.get(i).id())
                  .contentLibraryImageId(id)
                  .name(name)
                  .description(description)
                  .path("/usr/share/smartx/images/" + localIds.get(i))
                  .size(bytes)
                  .localCreatedAt(construction.past().instant()));
    }
    return copies;
  }

  private String addTools(ClusterSite cluster) {
    var id = construction.ids().cuid();
    var localId = construction.ids().uuid();
    construction
        .rows()
        .add(
            SvtImageEdit.edit()
                .id(id)
                .localId(localId)
                .clusterId(cluster.id())
                .name("SMTX_VMTOOLS_%s.iso".formatted(GuestSystem.TOOLS_VERSION))
                .path("/usr/share/smartx/svt/" + localId)
                .size(247_463_936)
                .version(TOOLS_NUMBER)
                .localCreatedAt(construction.past().instant()));
    return id;
  }

  private void addTemplate(Template template, List<ClusterSite> clusters) {
    var id = construction.ids().cuid();
    var localIds = clusters.stream().map(_ -> construction.ids().uuid()).toList();
    var copies = new ArrayList<Copy>();
    for (var i = 0; i < clusters.size(); i++) {
      copies.add(copy(clusters.get(i), localIds.get(i)));
    }
    addLibraryTemplate(template, id, copies);
    construction.rows().link(ContentLibraryVmTemplateRow.TYPE, "clusters", id, ids(clusters));
    copies.forEach(copy -> addClusterTemplate(template, id, copy));
  }

  /// A template's copy on a cluster, which has one disk.
  private record Copy(
      ClusterSite cluster, String localId, String volume, String snapshot, String path) {}

  private Copy copy(ClusterSite cluster, String localId) {
    var datastore = cluster.datastore();
    return new Copy(
        cluster,
        localId,
        construction.ids().uuid(),
        construction.ids().uuid(),
        datastore.path(datastore.nextLun()));
  }

  private void addLibraryTemplate(Template template, String id, List<Copy> copies) {
    var system = template.system();
    var size = template.size();
    var disk =
        libraryDisk(copies.getFirst(), size.diskBytes()).put("disk_name", template.name() + "-1");
    construction
        .rows()
        .add(
            ContentLibraryVmTemplateEdit.edit()
                .id(id)
                .name(template.name())
                .description(template.description())
                .architecture(Architecture.X86_64)
                .os(system.title())
                .templateConfig(Json.object().put("guest_os_type", system.family().wire()))
                .cloudInitSupported(template.cloudInit())
                .cpu(Json.cpu(1, size.vcpu()))
                .vcpu(size.vcpu())
                .memory(size.memoryBytes())
                .size(size.diskBytes())
                .cpuModel(CPU_MODEL)
                .clockOffset(VmClockOffset.UTC)
                .firmware(system.firmware())
                .ha(true)
                .winOpt(system.isWindows())
                .ioPolicy(VmDiskIoPolicy.RESTRICT_WHOLE_VM)
                .videoType(VmVideoType.VGA.wire())
                .vmDisks(Json.list(List.of(disk)))
                .vmNics(Json.list(List.of(nic(copies.getFirst().cluster))))
                .vmTemplateUuids(Json.texts(copies.stream().map(Copy::localId).toList()))
                .zbsStorageInfo(
                    Json.list(copies.stream().map(ContentLibrary::storageInfo).toList()))
                .createdAt(construction.past().instant()));
  }

  private static ObjectNode libraryDisk(Copy copy, long bytes) {
    return Json.object()
        .put("index", 0)
        .put("boot", 0)
        .put("bus", "VIRTIO")
        .put("type", "DISK")
        .put("path", copy.path)
        .put("size", bytes)
        .put("disabled", false)
        .put("storage_policy", Policy.USUAL.type().wire())
        .put("elf_storage_policy_replica_num", Policy.USUAL.replicas())
        .put("elf_storage_policy_thin_provision", Policy.USUAL.thin());
  }

  private static ObjectNode nic(ClusterSite cluster) {
    var nic =
        Json.object()
            .put("index", 0)
            .put("enabled", true)
            .put("mirror", false)
            .put("model", "VIRTIO")
            .put("type", "VLAN");
    nic.set("vlan", cluster.networks().getFirst().frozen());
    return nic;
  }

  private static ObjectNode storageInfo(Copy copy) {
    var snapshot = Json.object().put("index", 0).put("iscsi_lun_snapshot_uuid", copy.snapshot);
    var info = Json.object().put("cluster_id", copy.cluster.id());
    info.set("snapshot_info", Json.list(List.of(snapshot)));
    return info;
  }

  private void addClusterTemplate(Template template, String libraryId, Copy copy) {
    var system = template.system();
    var size = template.size();
    construction
        .rows()
        .add(
            VmTemplateEdit.edit()
                .id(construction.ids().cuid())
                .localId(copy.localId)
                .clusterId(copy.cluster.id())
                .contentLibraryVmTemplateId(libraryId)
                .name(template.name())
                .description(template.description())
                .cloudInitSupported(template.cloudInit())
                .cpu(Json.cpu(1, size.vcpu()))
                .vcpu(size.vcpu())
                .memory(size.memoryBytes())
                .size(size.diskBytes())
                .cpuModel(CPU_MODEL)
                .clockOffset(VmClockOffset.UTC)
                .firmware(system.firmware())
                .ha(true)
                .winOpt(system.isWindows())
                .ioPolicy(VmDiskIoPolicy.RESTRICT_WHOLE_VM)
                .videoType(VmVideoType.VGA.wire())
                .vmDisks(Json.list(List.of(frozenDisk(template, copy))))
                .vmNics(Json.list(List.of(nic(copy.cluster))))
                .localCreatedAt(construction.past().instant()));
  }

  private static ObjectNode frozenDisk(Template template, Copy copy) {
    return Json.object()
        .put("index", 0)
        .put("boot", 0)
        .put("bus", "VIRTIO")
        .put("key", 0)
        .put("type", "DISK")
        .put("disabled", false)
        .put("disk_name", template.name() + "-1")
        .put("path", copy.path)
        .put("size", template.size().diskBytes())
        .put("storage_policy_uuid", copy.cluster.datastore().policyId(Policy.USUAL))
        .put("vm_volume_local_id", copy.volume)
        .put("snapshot_local_id", copy.snapshot)
        .put("elf_image_local_id", "")
        .put("svt_image_local_id", "");
  }

  private static List<String> ids(List<ClusterSite> clusters) {
    return clusters.stream().map(ClusterSite::id).toList();
  }
}
