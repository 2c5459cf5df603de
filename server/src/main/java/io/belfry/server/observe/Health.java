package io.belfry.server.observe;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.belfry.server.http.Answer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the server lives, and whether it can do its work: all of its parts must.
///
/// @param parts by name, in the order in which they are told
/// @param faults how many rules make calls go wrong on purpose
public record Health(Map<String, Check> parts, IntSupplier faults) {
  private static final Logger LOG = LoggerFactory.getLogger(Health.class);

  public Health {
    parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
  }

  /// Looks at one part.
  @FunctionalInterface
  public interface Check {
    boolean isReady() throws Exception;
  }

  /// For who restarts a server that is dead. Tells of faults that are made on purpose, so that
  /// nobody looks for others.
  public Answer alive() {
    var answer = JsonNodeFactory.instance.objectNode().put("status", "alive");
    var count = faults.getAsInt();
    if (count > 0) {
      answer.put("faults", count);
    }
    return Answer.json(answer);
  }

  /// For who sends requests to a server only while it can do its work.
  public Answer ready() {
    var answer = JsonNodeFactory.instance.objectNode();
    var told = JsonNodeFactory.instance.objectNode();
    var ready = true;
    for (var part : parts.entrySet()) {
      var partReady = isReady(part.getKey(), part.getValue());
      told.put(part.getKey(), partReady ? "ready" : "not ready");
      ready &= partReady;
    }
    answer.put("status", ready ? "ready" : "not ready").set("parts", told);
    return Answer.json(answer).withStatus(ready ? 200 : 503);
  }

  private static boolean isReady(String name, Check check) {
    try {
      return check.isReady();
    } catch (Exception e) {
      LOG.warn("{} is not ready: {}", name, e.getMessage());
      return false;
    }
  }
}
