package io.belfry.operations.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.operations.Busy;
import io.belfry.operations.Decision;
import io.belfry.operations.device.ClusterPolicies;
import io.belfry.operations.device.TemplateDisk;
import io.belfry.operations.input.Params;
import io.belfry.operations.template.TemplateChange.Library;
import io.belfry.problem.ProblemCode;
import io.belfry.store.Transaction;
import io.belfry.store.rows.ClusterRow;
import io.belfry.store.rows.ConnectState;
import io.belfry.store.rows.ContentLibraryVmTemplateEdit;
import io.belfry.store.rows.ContentLibraryVmTemplateRow;
import io.belfry.store.rows.EntityAsyncStatus;
import io.belfry.store.rows.Hypervisor;
import io.belfry.store.rows.VmGuestsOperationSystem;
import io.belfry.store.rows.VmTemplateEdit;
import io.belfry.store.rows.VmTemplateRow;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Rows of templates of the content library, and of the copies that clusters have of them.
final class LibraryTemplates {
  private static final List<String> DISK_FIELDS =
      List.of(
          "index",
          "boot",
          "bus",
          "type",
          "disabled",
          "disk_name",
          "path",
          "size",
          "max_iops",
          "max_iops_policy",
          "max_bandwidth",
          "max_bandwidth_policy");
  private static final List<String> NIC_FIELDS =
      List.of("index", "enabled", "mirror", "model", "vlan");

  private LibraryTemplates() {}

  // Finding

  /// The templates that `where` selects, locked with all their copies.
  static List<ContentLibraryVmTemplateRow> locked(Decision decision) {
    var templates =
        decision.lock(ContentLibraryVmTemplateRow.TYPE, decision.body().object("where"));
    for (var template : templates) {
      Busy.refuse("CONTENT_LIBRARY_VM_TEMPLATE", template.id(), template.entityAsyncStatus());
      var copies = copies(decision.transaction(), template.id());
      decision
          .transaction()
          .lock(VmTemplateRow.TYPE, copies.stream().map(VmTemplateRow::id).toList())
          .forEach(copy -> Busy.refuse("VM_TEMPLATE", copy.id(), copy.entityAsyncStatus()));
    }
    return templates;
  }

  static List<VmTemplateRow> copies(Transaction transaction, String id) {
    return transaction.related(VmTemplateRow.TYPE, "content_library_vm_template", List.of(id));
  }

  /// The clusters that a request wants copies in or gone from, at least one.
  static List<ClusterRow> clusters(Decision decision, Params params) {
    var where = params.object("clusters");
    var clusters =
        decision.transaction().find(ClusterRow.TYPE, decision.holdIds(ClusterRow.TYPE, where));
    if (clusters.isEmpty()) {
      throw params.refused(
          ProblemCode.PRECONDITION,
          "clusters",
          "%s.clusters selects no cluster".formatted(params.path()));
    }
    return clusters;
  }

  /// Refuses clusters that can't have templates.
  static void requireUsable(List<ClusterRow> clusters, Params params) {
    for (var cluster : clusters) {
      if (cluster.hypervisor() != Hypervisor.ELF
          || cluster.connectState() != ConnectState.CONNECTED) {
        throw params.refused(
            ProblemCode.PRECONDITION,
            "clusters",
            "%s.clusters: templates are kept in connected ELF clusters; %s is not one"
                .formatted(params.path(), cluster.name()));
      }
    }
  }

  // Writing

  static void mark(Decision decision, String id, EntityAsyncStatus underWay) {
    decision
        .transaction()
        .update(id, ContentLibraryVmTemplateEdit.edit().entityAsyncStatus(underWay));
  }

  /// Writes a template that has no copies yet.
  ///
  /// @return its id
  static String insert(Decision decision, NewTemplate template) {
    var id = decision.tools().ids().cuid();
    var vm = template.vm();
    var cluster =
        decision
            .transaction()
            .find(ClusterRow.TYPE, Objects.requireNonNull(vm.clusterId()))
            .orElseThrow();
    decision
        .transaction()
        .insert(
            ContentLibraryVmTemplateEdit.edit()
                .id(id)
                .name(template.name())
                .description(template.description())
                .cloudInitSupported(template.isCloudInitSupported())
                .architecture(cluster.architecture())
                .os(vm.os())
                .templateConfig(config(vm.guestOsType()))
                .cpu(vm.cpu())
                .vcpu(vm.vcpu())
                .memory(vm.memory())
                .size(template.sizeBytes())
                .cpuModel(vm.cpuModel())
                .clockOffset(vm.clockOffset())
                .firmware(vm.firmware())
                .ha(vm.ha())
                .winOpt(vm.winOpt())
                .ioPolicy(vm.ioPolicy())
                .maxIops(vm.maxIops())
                .maxIopsPolicy(vm.maxIopsPolicy())
                .maxBandwidth(vm.maxBandwidth())
                .maxBandwidthPolicy(vm.maxBandwidthPolicy())
                .videoType(vm.videoType() == null ? null : vm.videoType().wire())
                .vmDisks(disks(decision.transaction(), cluster.id(), template.disks()))
                .vmNics(nics(template.nics()))
                .vmTemplateUuids(JsonNodeFactory.instance.arrayNode())
                .zbsStorageInfo(JsonNodeFactory.instance.arrayNode())
                .createdAt(decision.tools().clock().instant())
                .entityAsyncStatus(EntityAsyncStatus.CREATING));
    return id;
  }

  private static JsonNode config(@Nullable VmGuestsOperationSystem guest) {
    var config = JsonNodeFactory.instance.objectNode();
    return guest == null ? config : config.put("guest_os_type", guest.wire());
  }

  private static ArrayNode disks(Transaction transaction, String clusterId, JsonNode frozen) {
    var disks = JsonNodeFactory.instance.arrayNode();
    for (var disk : frozen) {
      var shown = ((ObjectNode) disk.deepCopy()).retain(DISK_FIELDS);
      var policy = disk.path("storage_policy_uuid").asText();
      if (!policy.isEmpty()) {
        shown.put("storage_policy", ClusterPolicies.type(transaction, clusterId, policy).wire());
      }
      disks.add(shown);
    }
    return disks;
  }

  private static ArrayNode nics(JsonNode frozen) {
    var nics = JsonNodeFactory.instance.arrayNode();
    for (var nic : frozen) {
      nics.add(((ObjectNode) nic.deepCopy()).retain(NIC_FIELDS).put("type", "VLAN"));
    }
    return nics;
  }

  // What tasks record

  /// Records a change that is made.
  ///
  /// @param library null for a template of a cluster alone
  /// @param edited what else changes of it
  static void record(Transaction transaction, @Nullable Library library, ObjectNode edited) {
    if (library == null) {
      return;
    }
    if (library.fate() == Library.Fate.DELETED) {
      transaction.delete(ContentLibraryVmTemplateRow.TYPE, List.of(library.id()));
      return;
    }
    edit(transaction, library.id(), new Params("data", edited));
    showCopies(transaction, library.id());
  }

  /// Shows a change as not made.
  static void rollBack(Transaction transaction, @Nullable Library library) {
    if (library == null) {
      return;
    }
    if (library.fate() == Library.Fate.CREATED) {
      transaction.delete(ContentLibraryVmTemplateRow.TYPE, List.of(library.id()));
    } else {
      transaction.update(library.id(), ContentLibraryVmTemplateEdit.edit().entityAsyncStatus(null));
    }
  }

  /// Copies are called as their template is.
  private static void edit(Transaction transaction, String id, Params edited) {
    var template = ContentLibraryVmTemplateEdit.edit();
    var copy = VmTemplateEdit.edit();
    edited
        .optionalText("name")
        .ifPresent(name -> {
          template.name(name);
          copy.name(name);
        });
    edited
        .optionalText("description")
        .ifPresent(description -> {
          template.description(description);
          copy.description(description);
        });
    edited
        .optionalFlag("cloud_init_supported")
        .ifPresent(supported -> {
          template.cloudInitSupported(supported);
          copy.cloudInitSupported(supported);
        });
    if (!template.values().isEmpty()) {
      transaction.update(id, template);
      transaction.update(copies(transaction, id).stream().map(VmTemplateRow::id).toList(), copy);
    }
  }

  /// Shows the copies that there are, and that no task changes the template any more.
  private static void showCopies(Transaction transaction, String id) {
    var uuids = JsonNodeFactory.instance.arrayNode();
    var storage = JsonNodeFactory.instance.arrayNode();
    var copies = copies(transaction, id);
    for (var copy : copies) {
      uuids.add(copy.localId());
      storage.add(storageInfo(copy));
    }
    transaction.update(
        id,
        ContentLibraryVmTemplateEdit.edit()
            .vmTemplateUuids(uuids)
            .zbsStorageInfo(storage)
            .entityAsyncStatus(null));
    transaction.relink(
        ContentLibraryVmTemplateRow.TYPE,
        "clusters",
        id,
        copies.stream().map(VmTemplateRow::clusterId).distinct().toList());
  }

  private static ObjectNode storageInfo(VmTemplateRow copy) {
    var info = JsonNodeFactory.instance.objectNode().put("cluster_id", copy.clusterId());
    var snapshots = info.putArray("snapshot_info");
    var disks = TemplateDisk.of(copy.vmDisks());
    for (var i = 0; i < disks.size(); i++) {
      snapshots
          .addObject()
          .put("index", i)
          .put("iscsi_lun_snapshot_uuid", disks.get(i).snapshot().value());
    }
    return info;
  }
}
