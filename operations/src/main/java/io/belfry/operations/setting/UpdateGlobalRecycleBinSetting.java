package io.belfry.operations.setting;

import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.GlobalSettingsEdit;
import io.belfry.store.rows.GlobalSettingsRow;
import java.util.List;

/// `update-global-recycle-bin-setting`: switches the recycle bin of the tower on or off, and says
/// how long VMs stay in it.
final class UpdateGlobalRecycleBinSetting implements Mutation {
  @Override
  public String path() {
    return "update-global-recycle-bin-setting";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var id = settings(decision);
    decision
        .transaction()
        .update(id, GlobalSettingsEdit.edit().vmRecycleBin(decision.body().json()));
    return List.of(
        decision.done(
            new LocalizedText("Edit recycle bin", "编辑回收站"),
            decision.subject("GlobalSettings", id, "updateGlobalRecycleBinSetting", null)));
  }

  /// The settings of the tower, made if there are none yet.
  private static String settings(Decision decision) {
    decision.transaction().exclude(List.of("global settings"));
    return decision
        .transaction()
        .rows(GlobalSettingsRow.TYPE, "ORDER BY id LIMIT 1", List.of())
        .stream()
        .findFirst()
        .map(GlobalSettingsRow::id)
        .orElseGet(() -> {
          var id = decision.tools().ids().cuid();
          decision.transaction().insert(GlobalSettingsEdit.edit().id(id));
          return id;
        });
  }
}
