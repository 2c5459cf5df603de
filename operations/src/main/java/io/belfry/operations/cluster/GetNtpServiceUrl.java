package io.belfry.operations.cluster;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.belfry.operations.Inquiry;
import io.belfry.operations.Question;

/// `get-ntp-service-url`: where the management plane gets its time. Belfry takes that of the
/// machine it runs on, so it names no service.
final class GetNtpServiceUrl implements Inquiry {
  @Override
  public String path() {
    return "get-ntp-service-url";
  }

  @Override
  public Reply answer(Question question) {
    return Reply.of(JsonNodeFactory.instance.objectNode().put("ntp_service_url", ""));
  }
}
