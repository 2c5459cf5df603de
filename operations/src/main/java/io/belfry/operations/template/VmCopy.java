package io.belfry.operations.template;

import io.belfry.operations.Decision;
import io.belfry.operations.device.FrozenVm.FrozenVolume;
import io.belfry.store.rows.ClusterRow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The templates that a task makes of one VM, each with a copy of its volumes as of one moment.
final class VmCopy {
  private final NewTemplate template;
  private final DiskCopies disks;
  private final List<String> added = new ArrayList<>();

  VmCopy(Decision decision, NewTemplate template) {
    this.template = template;
    this.disks = new DiskCopies(decision);
  }

  /// Writes the row of a template in a cluster.
  ///
  /// @param library what it is a copy of; null for nothing
  /// @return the row's id
  String into(ClusterRow cluster, @Nullable String library) {
    var shown =
        disks.into(
            cluster,
            template.disks(),
            disk -> source(disk.required("snapshot_local_id").textValue()));
    var id = template.write(cluster.id(), shown, library);
    added.add(id);
    return id;
  }

  private DiskCopies.Source source(String snapshotName) {
    return template.volumes().stream()
        .filter(frozen -> frozen.snapshotName().equals(snapshotName))
        .map(frozen ->
            new DiskCopies.Source(frozen.snapshotLocalId(), frozen.volume().elfStoragePolicy()))
        .findFirst()
        .orElseThrow();
  }

  /// What the task has to do.
  ///
  /// @param library whose copies were written; null for none
  TemplateChange change(TemplateChange.@Nullable Library library) {
    return new TemplateChange(
        template.vm().id(),
        template.volumes().stream().map(VmCopy::moment).toList(),
        disks.copies(),
        added,
        List.of(),
        library,
        TemplateChange.nothing());
  }

  private static TemplateChange.Moment moment(FrozenVolume frozen) {
    return new TemplateChange.Moment(frozen.snapshotLocalId(), frozen.volume().localId());
  }
}
