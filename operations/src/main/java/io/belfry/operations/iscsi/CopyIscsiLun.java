package io.belfry.operations.iscsi;

import io.belfry.operations.Decision;
import io.belfry.operations.Tools;
import io.belfry.operations.device.CopiedContent;
import io.belfry.operations.input.Params;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.IscsiLunRow;
import io.belfry.store.rows.IscsiTargetRow;
import io.belfry.tasks.NewTask;

/// `copy-iscsi-lun`: creates LUNs with the content that others have now, in the same target unless
/// the request names another.
record CopyIscsiLun(Tools tools) implements LunCreation {
  private static final String TARGET = "dest_iscsi_target_id";

  @Override
  public String path() {
    return "copy-iscsi-lun";
  }

  @Override
  public NewTask prepare(Decision decision, Params params) {
    var source = Luns.own(decision, params.text("src_lun_id"), params.path() + ".src_lun_id");
    var target = target(decision, source, params);
    var name = params.text("name");
    var lun =
        new NewLun(
            target,
            LunCreation.nextNumber(decision, target),
            name,
            source.assignedSize(),
            Redundancy.of(source),
            source.thinProvision());
    return prepare(
        decision,
        lun,
        new Way(
            "copyIscsiLun",
            new LocalizedText(
                "Copy iSCSI LUN %s to %s".formatted(source.name(), name),
                "复制 iSCSI LUN %s 为 %s".formatted(source.name(), name)),
            CopiedContent.of(source)));
  }

  private static IscsiTargetRow target(Decision decision, IscsiLunRow source, Params params) {
    var id = params.optionalText(TARGET).orElse(source.iscsiTargetId());
    var target = Targets.own(decision, id, params.path() + "." + TARGET);
    Luns.requireSameCluster(target, Luns.target(decision, source), params, TARGET);
    return target;
  }
}
