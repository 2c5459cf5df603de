package io.belfry.operations.setting;

import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import java.util.List;

/// `create-cluster-recycle-bin-setting`: says for clusters whether they have a recycle bin,
/// whatever the tower has, and how long VMs stay in it.
final class CreateClusterRecycleBinSetting implements Mutation {
  @Override
  public String path() {
    return "create-cluster-recycle-bin-setting";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    return ClusterBins.set(
        decision, decision.body().object("data").json(), "createClusterRecycleBinSetting");
  }
}
