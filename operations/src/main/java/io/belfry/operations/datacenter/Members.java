package io.belfry.operations.datacenter;

import io.belfry.operations.Decision;
import io.belfry.operations.input.Params;
import io.belfry.problem.ProblemCode;
import io.belfry.store.rows.ClusterRow;
import io.belfry.store.rows.DatacenterRow;
import java.util.List;

/// The clusters of a data centre, as a decision changes them.
record Members(Decision decision, String datacenterId) {
  private static final String CLUSTERS = "clusters";

  /// The clusters that `clusters` selects.
  ///
  /// @param params where the request says which; they must be named there
  static List<String> required(Decision decision, Params params) {
    return params
        .optionalObject(CLUSTERS)
        .map(where -> selected(decision, where))
        .orElseThrow(() ->
            params.refused(
                ProblemCode.MISSING_FIELD,
                CLUSTERS,
                "%s.%s is required: it says which clusters".formatted(params.path(), CLUSTERS)));
  }

  void add(List<String> clusters) {
    decision.transaction().link(DatacenterRow.TYPE, CLUSTERS, datacenterId, clusters);
  }

  void remove(List<String> clusters) {
    decision.transaction().unlink(DatacenterRow.TYPE, CLUSTERS, datacenterId, clusters);
  }

  /// Makes the clusters that `clusters` selects the only ones, where the request has it.
  void replace(Params params) {
    params
        .optionalObject(CLUSTERS)
        .map(where -> selected(decision, where))
        .ifPresent(clusters ->
            decision.transaction().relink(DatacenterRow.TYPE, CLUSTERS, datacenterId, clusters));
  }

  /// Held, so that nobody removes a cluster meanwhile.
  private static List<String> selected(Decision decision, Params where) {
    return decision.holdIds(ClusterRow.TYPE, where);
  }
}
