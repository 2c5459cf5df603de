package io.belfry.operations.protection;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.operations.Inquiry;
import io.belfry.operations.Question;
import io.belfry.store.row.RowType;

/// A list of plans that leaves out what grows with every day: when each was executed.
///
/// @param executions the field that is left out
record PlansWithoutExecutions(String path, RowType<?> type, String executions) implements Inquiry {
  @Override
  public Reply answer(Question question) {
    var plans =
        question.read(
            transaction -> question.objects(transaction, type, question.listed(transaction, type)));
    var answer = JsonNodeFactory.instance.arrayNode();
    for (var plan : plans) {
      if (plan instanceof ObjectNode object) {
        answer.add(object.without(executions));
      }
    }
    return Reply.of(answer);
  }
}
