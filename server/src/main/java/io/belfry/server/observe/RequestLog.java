package io.belfry.server.observe;

import io.belfry.server.http.RequestListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Logs one line a request. Nothing that a client sends gets into it but the method and, where it
/// is known, the name of the user.
public final class RequestLog implements RequestListener {
  private static final Logger LOG = LoggerFactory.getLogger("io.belfry.request");

  @Override
  public void began() {}

  @Override
  public void ended(Outcome outcome) {
    var millis = outcome.duration().toMillis();
    LOG.atInfo()
        .addKeyValue("request", outcome.requestId())
        .addKeyValue("operation", outcome.route())
        .addKeyValue("status", outcome.status())
        .addKeyValue("millis", millis)
        .addKeyValue("user", outcome.username().orElse("-"))
        .addKeyValue("peer", outcome.peer())
        .addKeyValue("cut", outcome.cut())
        .log(
            "{} {} {}{} {} ms {} {}",
            outcome.method(),
            outcome.route(),
            outcome.status(),
            outcome.cut() ? " (cut)" : "",
            millis,
            outcome.username().orElse("-"),
            outcome.requestId());
  }
}
