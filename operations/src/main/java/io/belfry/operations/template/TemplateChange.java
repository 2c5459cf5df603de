package io.belfry.operations.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.hypervisor.SnapshotId;
import io.belfry.hypervisor.StorageId;
import io.belfry.hypervisor.VolumeDefinition;
import io.belfry.hypervisor.VolumeId;
import io.belfry.operations.device.StoragePolicies;
import io.belfry.operations.device.TemplateDisk;
import io.belfry.store.rows.VmVolumeElfStoragePolicyType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a task does to templates; its payload.
///
/// @param vm the row of the VM that is copied, locked until the task ends; null for none
/// @param moment the snapshots of the VM's volumes to take first, all as of one moment, and to
///   delete in the end
/// @param copies the disks to make
/// @param added the rows of the cluster's templates that are made
/// @param removed the rows of the cluster's templates to remove with what they hold
/// @param library the template of the content library that they are copies of; null for none
/// @param edited what to change of the library's template and its copies, as a request says it
record TemplateChange(
    @Nullable String vm,
    List<Moment> moment,
    List<Copy> copies,
    List<String> added,
    List<String> removed,
    @Nullable Library library,
    ObjectNode edited) {
  private static final ObjectMapper JSON = new ObjectMapper();

  TemplateChange {
    moment = List.copyOf(moment);
    copies = List.copyOf(copies);
    added = List.copyOf(added);
    removed = List.copyOf(removed);
  }

  /// Removes templates.
  static TemplateChange removing(List<String> templates, @Nullable Library library) {
    return new TemplateChange(null, List.of(), List.of(), List.of(), templates, library, nothing());
  }

  /// Nothing edited.
  static ObjectNode nothing() {
    return JsonNodeFactory.instance.objectNode();
  }

  /// A template of the content library.
  ///
  /// @param fate what becomes of it by the task
  record Library(String id, Fate fate) {
    enum Fate {
      CREATED,
      KEPT,
      DELETED
    }
  }

  /// A snapshot of a volume, by the hypervisor's ids.
  record Moment(String snapshot, String volume) {
    SnapshotId snapshotId() {
      return new SnapshotId(snapshot);
    }

    VolumeId volumeId() {
      return new VolumeId(volume);
    }
  }

  /// A disk of a template, by the hypervisor's ids.
  ///
  /// @param source the snapshot that has its content
  /// @param snapshot of the new volume, which new VMs get copies of
  /// @param policy as the API calls it
  record Copy(
      String source,
      String volume,
      String snapshot,
      String storage,
      long sizeBytes,
      String policy) {
    SnapshotId sourceId() {
      return new SnapshotId(source);
    }

    TemplateDisk disk() {
      return new TemplateDisk(new VolumeId(volume), new SnapshotId(snapshot));
    }

    VolumeDefinition definition() {
      return new VolumeDefinition(
          new VolumeId(volume),
          new StorageId(storage),
          sizeBytes,
          StoragePolicies.of(VmVolumeElfStoragePolicyType.of(policy)));
    }
  }

  JsonNode payload() {
    return JSON.valueToTree(this);
  }

  static TemplateChange read(JsonNode payload) {
    try {
      return JSON.treeToValue(payload, TemplateChange.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a change of templates: " + payload, e);
    }
  }
}
