package io.belfry.operations.cluster;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.belfry.operations.Inquiry;
import io.belfry.operations.Question;
import io.belfry.store.Transaction;
import java.util.List;

/// `get-meta-leader`: by its address in the storage network, the host that decides where a
/// cluster's data lies. It is the first that answers; a cluster without one has no leader.
final class GetMetaLeader implements Inquiry {
  @Override
  public String path() {
    return "get-meta-leader";
  }

  @Override
  public Reply answer(Question question) {
    return question.read(transaction -> Reply.of(answer(question, transaction)));
  }

  private static ArrayNode answer(Question question, Transaction transaction) {
    var answer = JsonNodeFactory.instance.arrayNode();
    transaction.query(
        """
        SELECT DISTINCT ON (cluster_id) cluster_id, coalesce(data_ip, management_ip)
        FROM tower.host
        WHERE cluster_id = ANY (?)
          AND status IN ('CONNECTED_HEALTHY', 'CONNECTED_WARNING')
        ORDER BY cluster_id, id
        """,
        List.of(Clusters.ids(question, transaction)),
        row -> answer.addObject().put("cluster_id", row.text(1)).put("meta_leader", row.text(2)));
    return answer;
  }
}
