package io.belfry.operations;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/// An operation that changes nothing and is more than a listing.
///
/// Thread-safe and stateless: all a call needs is in its [Question].
public interface Inquiry {

  /// The operation's path, `get-vm-metrics`.
  String path();

  /// Finds out what is asked. All that can go wrong does so here, before the answer is written.
  ///
  /// @throws io.belfry.problem.ProblemException if the question makes no sense
  Reply answer(Question question);

  /// An answer, written once.
  @FunctionalInterface
  interface Reply {
    void write(JsonGenerator json) throws IOException;

    /// An answer that is there already. For short ones.
    static Reply of(JsonNode answer) {
      return json -> json.writeTree(answer);
    }
  }
}
