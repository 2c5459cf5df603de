package io.belfry.server.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.belfry.operations.Inquiry;
import io.belfry.server.http.Answer;

/// Sends what inquiries find out while it is written.
public final class Replies {
  /// What has been written stays as it is when an answer breaks off: no brackets are closed.
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .configure(StreamWriteFeature.AUTO_CLOSE_TARGET, false)
              .configure(StreamWriteFeature.AUTO_CLOSE_CONTENT, false)
              .build());

  private Replies() {}

  public static Answer answer(Inquiry.Reply reply) {
    return Answer.json(out -> {
      try (var json = JSON.createGenerator(out)) {
        reply.write(json);
      }
    });
  }
}
