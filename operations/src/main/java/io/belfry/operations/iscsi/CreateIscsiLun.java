package io.belfry.operations.iscsi;

import io.belfry.operations.Decision;
import io.belfry.operations.Tools;
import io.belfry.operations.input.Params;
import io.belfry.problem.ProblemCode;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.IscsiLunRow;
import io.belfry.store.rows.IscsiTargetRow;
import io.belfry.tasks.NewTask;
import java.util.List;

/// `create-iscsi-lun`: creates empty LUNs.
record CreateIscsiLun(Tools tools) implements LunCreation {
  @Override
  public String path() {
    return "create-iscsi-lun";
  }

  @Override
  public NewTask prepare(Decision decision, Params params) {
    Unbuilt.refuse(params);
    var target =
        Targets.own(decision, params.text("iscsi_target_id"), params.path() + ".iscsi_target_id");
    var name = params.text("name");
    var lun =
        new NewLun(
            target,
            number(decision, target, params),
            name,
            params.inBaseUnit("assigned_size").orElseThrow(),
            Redundancy.read(params, target),
            params.flag("thin_provision", target.thinProvision()));
    var task =
        prepare(
            decision,
            lun,
            new Way(
                "createIscsiLun",
                new LocalizedText("Create iSCSI LUN " + name, "创建 iSCSI LUN " + name),
                null));
    LunAccess.write(decision.transaction(), task.subject().resourceId(), params);
    return task;
  }

  private static int number(Decision decision, IscsiTargetRow target, Params params) {
    var given = params.optionalInt("lun_id");
    if (given.isEmpty()) {
      return LunCreation.nextNumber(decision, target);
    }
    var others =
        decision
            .transaction()
            .rows(
                IscsiLunRow.TYPE,
                "WHERE iscsi_target_id = ? AND lun_id = ? LIMIT 1",
                List.of(target.id(), given.getAsInt()));
    if (!others.isEmpty()) {
      throw params.refused(
          ProblemCode.DUPLICATE,
          "lun_id",
          "%s.lun_id: %s is that of LUN %s already"
              .formatted(params.path(), given.getAsInt(), others.getFirst().name()));
    }
    return given.getAsInt();
  }
}
