package io.belfry.operations.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.operations.Question;
import io.belfry.store.Transaction;
import io.belfry.store.rows.ClusterRow;
import java.util.List;

/// The clusters that a request is about.
final class Clusters {
  private Clusters() {}

  static List<String> ids(Question question, Transaction transaction) {
    var where = question.body().object("where");
    return question.ids(transaction, ClusterRow.TYPE, question.condition(ClusterRow.TYPE, where));
  }

  /// As the API shows them.
  static List<JsonNode> objects(Question question, Transaction transaction) {
    return question.objects(transaction, ClusterRow.TYPE, ids(question, transaction));
  }
}
