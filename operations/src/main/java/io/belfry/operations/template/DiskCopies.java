package io.belfry.operations.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.hypervisor.SnapshotId;
import io.belfry.hypervisor.VolumeId;
import io.belfry.operations.Decision;
import io.belfry.operations.device.ClusterPolicies;
import io.belfry.operations.device.TemplateDisk;
import io.belfry.store.rows.ClusterRow;
import io.belfry.store.rows.VmVolumeElfStoragePolicyType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/// The disks of templates that a task has to make, collected while rows are written.
final class DiskCopies {
  private final Decision decision;
  private final List<TemplateChange.Copy> copies = new ArrayList<>();

  DiskCopies(Decision decision) {
    this.decision = decision;
  }

  List<TemplateChange.Copy> copies() {
    return copies;
  }

  /// What a copied disk is made of.
  ///
  /// @param snapshot the hypervisor's id of the snapshot with its content
  record Source(String snapshot, VmVolumeElfStoragePolicyType policy) {}

  /// Has disks copied into a cluster.
  ///
  /// @param disks as a template or a snapshot shows them
  /// @param sources what a disk that names a snapshot is made of
  /// @return as the copy shall show them
  ArrayNode into(ClusterRow cluster, JsonNode disks, Function<JsonNode, Source> sources) {
    var copied = disks.<ArrayNode>deepCopy();
    for (var disk : copied) {
      if (!disk.path("snapshot_local_id").asText("").isEmpty()) {
        copy((ObjectNode) disk, cluster, sources.apply(disk));
      }
    }
    return copied;
  }

  private void copy(ObjectNode disk, ClusterRow cluster, Source source) {
    var ids = decision.tools().ids();
    var made = new TemplateDisk(new VolumeId(ids.uuid()), new SnapshotId(ids.uuid()));
    made.show(disk);
    disk.put("path", "volume://" + made.volume().value());
    disk.put(
        "storage_policy_uuid",
        ClusterPolicies.localId(decision.transaction(), cluster.id(), source.policy()));
    copies.add(
        new TemplateChange.Copy(
            source.snapshot(),
            made.volume().value(),
            made.snapshot().value(),
            Objects.requireNonNull(cluster.localId()),
            disk.path("size").longValue(),
            source.policy().wire()));
  }
}
