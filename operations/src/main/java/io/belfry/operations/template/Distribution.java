package io.belfry.operations.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.operations.Decision;
import io.belfry.operations.Lanes;
import io.belfry.operations.device.ClusterPolicies;
import io.belfry.operations.device.Definitions;
import io.belfry.operations.input.Params;
import io.belfry.operations.template.TemplateChange.Library;
import io.belfry.problem.ProblemCode;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.ClusterRow;
import io.belfry.store.rows.ContentLibraryVmTemplateRow;
import io.belfry.store.rows.EntityAsyncStatus;
import io.belfry.store.rows.VmTemplateEdit;
import io.belfry.store.rows.VmTemplateRow;
import io.belfry.tasks.NewTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// How a template of the content library gets copies in other clusters, and loses some. One for
/// each template that a decision changes.
final class Distribution {
  private final Decision decision;
  private final ContentLibraryVmTemplateRow template;
  private final List<VmTemplateRow> copies;
  private final DiskCopies disks;
  private final List<String> added = new ArrayList<>();
  private final List<VmTemplateRow> removed = new ArrayList<>();
  private final List<String> copiedInto = new ArrayList<>();

  /// @param template locked, with its copies
  Distribution(Decision decision, ContentLibraryVmTemplateRow template) {
    this.decision = decision;
    this.template = template;
    this.copies = LibraryTemplates.copies(decision.transaction(), template.id());
    this.disks = new DiskCopies(decision);
  }

  /// Has those of the clusters get a copy that have none.
  void add(List<ClusterRow> clusters, Params params) {
    var missing =
        clusters.stream()
            .filter(
                cluster -> copies.stream().noneMatch(copy -> copy.clusterId().equals(cluster.id())))
            .toList();
    LibraryTemplates.requireUsable(missing, params);
    for (var cluster : missing) {
      added.add(copy(cluster, params));
      copiedInto.add(cluster.id());
    }
  }

  /// Has those of the clusters lose their copy that have one.
  void remove(List<ClusterRow> clusters) {
    var ids = clusters.stream().map(ClusterRow::id).toList();
    copies.stream().filter(copy -> ids.contains(copy.clusterId())).forEach(removed::add);
  }

  /// Has all clusters but these lose their copy.
  void removeOthers(List<ClusterRow> clusters) {
    var ids = clusters.stream().map(ClusterRow::id).toList();
    copies.stream().filter(copy -> !ids.contains(copy.clusterId())).forEach(removed::add);
  }

  /// Refuses to leave no copy at all.
  void requireSomeLeft(Params params) {
    if (added.isEmpty() && removed.size() == copies.size()) {
      throw params.refused(
          ProblemCode.PRECONDITION,
          "clusters",
          "%s.clusters: template %s would have no copy left; delete it instead"
              .formatted(params.path(), template.name()));
    }
  }

  private String copy(ClusterRow cluster, Params params) {
    var source =
        copies.stream()
            .findFirst()
            .orElseThrow(() ->
                params.refused(
                    ProblemCode.PRECONDITION,
                    "clusters",
                    "%s.clusters: template %s has no copy that another could be made of"
                        .formatted(params.path(), template.name())));
    var shown =
        disks.into(
            cluster,
            Objects.requireNonNull(source.vmDisks()),
            disk -> source(source.clusterId(), disk));
    var id = decision.tools().ids().cuid();
    decision
        .transaction()
        .insert(
            VmTemplateEdit.edit()
                .id(id)
                .localId(Definitions.placeholder(id))
                .clusterId(cluster.id())
                .contentLibraryVmTemplateId(template.id())
                .name(source.name())
                .description(source.description())
                .cloudInitSupported(source.cloudInitSupported())
                .cpu(source.cpu())
                .vcpu(source.vcpu())
                .memory(source.memory())
                .size(source.size())
                .cpuModel(source.cpuModel())
                .clockOffset(source.clockOffset())
                .firmware(source.firmware())
                .ha(source.ha())
                .winOpt(source.winOpt())
                .ioPolicy(source.ioPolicy())
                .maxIops(source.maxIops())
                .maxIopsPolicy(source.maxIopsPolicy())
                .maxBandwidth(source.maxBandwidth())
                .maxBandwidthPolicy(source.maxBandwidthPolicy())
                .videoType(source.videoType())
                .vmDisks(shown)
                .vmNics(source.vmNics())
                .localCreatedAt(decision.tools().clock().instant())
                .entityAsyncStatus(EntityAsyncStatus.CREATING));
    return id;
  }

  private DiskCopies.Source source(String clusterId, JsonNode disk) {
    return new DiskCopies.Source(
        disk.required("snapshot_local_id").textValue(),
        ClusterPolicies.type(
            decision.transaction(), clusterId, disk.path("storage_policy_uuid").asText()));
  }

  /// Marks what changes, and prepares the task that changes it.
  ///
  /// @param edited what else to change of the template
  NewTask task(String path, String mutation, ObjectNode edited) {
    var removedIds = removed.stream().map(VmTemplateRow::id).toList();
    decision
        .transaction()
        .update(removedIds, VmTemplateEdit.edit().entityAsyncStatus(EntityAsyncStatus.DELETING));
    LibraryTemplates.mark(decision, template.id(), EntityAsyncStatus.UPDATING);
    var change =
        new TemplateChange(
            null,
            List.of(),
            disks.copies(),
            added,
            removedIds,
            new Library(template.id(), Library.Fate.KEPT),
            edited);
    return new NewTask(
            decision.tools().ids().cuid(),
            path,
            new LocalizedText("Edit VM template " + template.name(), "编辑虚拟机模版 " + template.name()),
            decision.subject("ContentLibraryVmTemplate", template.id(), mutation, null),
            change.payload())
        .in(copiedInto.stream().map(Lanes::copy).toList());
  }
}
