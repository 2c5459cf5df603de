package io.belfry.operations.iscsi;

import io.belfry.operations.Busy;
import io.belfry.operations.Decision;
import io.belfry.operations.input.Params;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.store.rows.IscsiTargetEdit;
import io.belfry.store.rows.IscsiTargetRow;
import java.util.List;
import java.util.Map;

/// Finds targets that a request names, and refuses those that hold the volumes of VMs.
final class Targets {
  private static final String CHAPS = "initiator_chaps";

  private Targets() {}

  /// The target with this id, locked, so that nobody else numbers a LUN of it.
  ///
  /// @param parameter where in the body the id stands
  static IscsiTargetRow own(Decision decision, String id, String parameter) {
    decision.transaction().lock(IscsiTargetRow.TYPE, List.of(id));
    var target = decision.require(IscsiTargetRow.TYPE, id, parameter);
    refuseInternal(target);
    return target;
  }

  /// The targets that `where` selects, locked.
  static List<IscsiTargetRow> own(Decision decision) {
    var targets = decision.lock(IscsiTargetRow.TYPE, decision.body().object("where"));
    targets.forEach(Targets::refuseInternal);
    return targets;
  }

  /// Refuses a target of the cluster's own.
  static void refuseInternal(IscsiTargetRow target) {
    Busy.refuse("ISCSI_TARGET", target.id(), target.entityAsyncStatus());
    if (target.internal()) {
      throw new Problem(
              ProblemCode.PRECONDITION,
              "Target %s holds the volumes of VMs, which other operations change"
                  .formatted(target.name()),
              Map.of("id", target.id()))
          .asException();
    }
  }

  /// Writes what may be said of a new target, and changed of an old one.
  static IscsiTargetEdit write(IscsiTargetEdit edit, Params params) {
    Unbuilt.refuse(params);
    params.optionalText("description").ifPresent(edit::description);
    params.optionalText("ip_whitelist").ifPresent(edit::ipWhitelist);
    params.optionalText("iqn_whitelist").ifPresent(edit::iqnWhitelist);
    params.optionalFlag("chap_enabled").ifPresent(edit::chapEnabled);
    params.optionalText("chap_name").ifPresent(edit::chapName);
    params.optionalText("chap_secret").ifPresent(edit::chapSecret);
    if (params.json().hasNonNull(CHAPS)) {
      edit.initiatorChaps(params.json().path(CHAPS));
    }
    return edit;
  }

  /// Writes the limits that a request sets.
  static void limit(Decision decision, String id, Params params) {
    var limits = IoLimits.read(IscsiTargetRow.TYPE.entity(), params);
    if (!limits.values().isEmpty()) {
      decision.transaction().update(id, limits);
    }
  }

  /// Refuses to ask initiators for a name and a secret that the target hasn't got.
  static void requireChap(Decision decision, String id, Params params) {
    var target = decision.transaction().find(IscsiTargetRow.TYPE, id).orElseThrow();
    if (target.chapEnabled() && (target.chapName() == null || target.chapSecret() == null)) {
      throw params.refused(
          ProblemCode.MISSING_FIELD,
          "chap_enabled",
          "%s.chap_enabled needs chap_name and chap_secret".formatted(params.path()));
    }
  }
}
