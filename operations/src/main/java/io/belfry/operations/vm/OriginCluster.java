package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.operations.input.Params;
import io.belfry.problem.ProblemCode;

/// The cluster of a VM that is made from something: always that of its origin, as volumes are
/// copied within a cluster.
final class OriginCluster {
  private static final String CLUSTER = "cluster_id";

  private OriginCluster() {}

  /// The parameters of a new VM with the cluster of its origin, which the request may name or not.
  ///
  /// @param origin the parameter that names the origin
  /// @throws io.belfry.problem.ProblemException if the request names another cluster
  static Params named(Params params, String origin, String clusterId) {
    var given = params.optionalText(CLUSTER).filter(id -> !id.isEmpty());
    if (given.isPresent() && !given.get().equals(clusterId)) {
      throw params.refused(
          ProblemCode.PRECONDITION,
          CLUSTER,
          "%s.%s: %s is in another cluster, %s; leave %s out to create the VM there"
              .formatted(params.path(), CLUSTER, origin, clusterId, CLUSTER));
    }
    return new Params(params.path(), params.json().<ObjectNode>deepCopy().put(CLUSTER, clusterId));
  }
}
