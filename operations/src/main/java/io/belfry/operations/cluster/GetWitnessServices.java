package io.belfry.operations.cluster;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.belfry.operations.Inquiry;
import io.belfry.operations.Question;
import io.belfry.store.rows.WitnessRow;

/// `get-witness-services`: what runs on witnesses. No driver tells that, so it is nothing.
final class GetWitnessServices implements Inquiry {
  @Override
  public String path() {
    return "get-witness-services";
  }

  @Override
  public Reply answer(Question question) {
    question.condition(WitnessRow.TYPE, question.body().object("where"));
    return Reply.of(JsonNodeFactory.instance.arrayNode());
  }
}
