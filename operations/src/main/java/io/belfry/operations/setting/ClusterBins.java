package io.belfry.operations.setting;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.operations.Decision;
import io.belfry.operations.Mutation.Decided;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.ClusterRow;
import io.belfry.store.rows.ClusterSettingsEdit;
import io.belfry.store.rows.ClusterSettingsRow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The recycle bins of clusters, where they differ from that of the tower.
final class ClusterBins {
  private ClusterBins() {}

  /// Gives the clusters that `where` selects a recycle bin of their own, or that of the tower.
  ///
  /// @param bin as settings show it; null for that of the tower
  /// @param mutation the change's name in tasks
  static List<Decided> set(Decision decision, @Nullable JsonNode bin, String mutation) {
    var clusters = decision.lock(ClusterRow.TYPE, decision.body().object("where"));
    var decided = new ArrayList<Decided>();
    for (var cluster : clusters) {
      decided.add(set(decision, cluster, bin, mutation));
    }
    return decided;
  }

  private static Decided set(
      Decision decision, ClusterRow cluster, @Nullable JsonNode bin, String mutation) {
    var id = settings(decision, cluster);
    decision.transaction().update(id, ClusterSettingsEdit.edit().vmRecycleBin(bin));
    return decision.done(
        new LocalizedText(
            "Edit recycle bin of cluster " + cluster.name(),
            "编辑集群 %s 的回收站".formatted(cluster.name())),
        decision.subject("ClusterSettings", id, mutation, cluster.id()));
  }

  /// The settings of a cluster, made if there are none yet.
  private static String settings(Decision decision, ClusterRow cluster) {
    var transaction = decision.transaction();
    return transaction.related(ClusterSettingsRow.TYPE, "cluster", List.of(cluster.id())).stream()
        .findFirst()
        .map(ClusterSettingsRow::id)
        .orElseGet(() -> {
          var id = decision.tools().ids().cuid();
          transaction.insert(ClusterSettingsEdit.edit().id(id).clusterId(cluster.id()));
          return id;
        });
  }
}
