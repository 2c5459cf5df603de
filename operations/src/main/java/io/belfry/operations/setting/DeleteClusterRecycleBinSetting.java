package io.belfry.operations.setting;

import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import java.util.List;

/// `delete-cluster-recycle-bin-setting`: lets the tower's recycle bin be that of clusters again.
final class DeleteClusterRecycleBinSetting implements Mutation {
  @Override
  public String path() {
    return "delete-cluster-recycle-bin-setting";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    return ClusterBins.set(decision, null, "deleteClusterRecycleBinSetting");
  }
}
