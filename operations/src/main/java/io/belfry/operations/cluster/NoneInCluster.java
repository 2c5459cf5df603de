package io.belfry.operations.cluster;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.belfry.operations.Inquiry;
import io.belfry.operations.Question;
import io.belfry.operations.input.Params;
import io.belfry.store.rows.ClusterRow;
import java.util.function.UnaryOperator;

/// A list of things that no cluster here has.
///
/// @param cluster where the body names the cluster
record NoneInCluster(String path, UnaryOperator<Params> cluster) implements Inquiry {
  @Override
  public Reply answer(Question question) {
    var unique = cluster.apply(question.body());
    question.read(transaction -> question.requireUnique(transaction, ClusterRow.TYPE, unique));
    return Reply.of(JsonNodeFactory.instance.arrayNode());
  }
}
