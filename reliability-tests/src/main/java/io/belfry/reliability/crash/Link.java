package io.belfry.reliability.crash;

import io.belfry.reliability.server.ServerUnderTest;
import io.belfry.sdk.ApiException;
import io.belfry.sdk.Json;
import io.belfry.sdk.NoAnswerException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A tenant's way to a server that is away now and then. Where there are several, it stays with one
/// until that one does not answer. Thread-safe.
final class Link {
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final int FIRST_SERVER_ERROR = 500;

  private final ServerUnderTest server;
  private final Duration patience;
  private final AtomicInteger turn;

  /// @param patience how long the server may be away at most
  /// @param first which of several servers to begin with
  Link(ServerUnderTest server, Duration patience, int first) {
    this.server = server;
    this.patience = patience;
    this.turn = new AtomicInteger(first);
  }

  /// What came of a change that was asked for.
  sealed interface Outcome {
    /// It will be done; this is the answer.
    record Acknowledged(Json answer) implements Outcome {}

    /// It will not be done.
    record Refused(int status, String reason) implements Outcome {}

    /// Nobody knows.
    record Unknown(String reason) implements Outcome {}
  }

  /// Asks for a change, once.
  Outcome change(String path, Json body) {
    try {
      return new Outcome.Acknowledged(server.client(turn.get()).call(path, body));
    } catch (ApiException e) {
      if (!isSilence(e)) {
        return new Outcome.Refused(e.status(), e.reason());
      }
      turn.incrementAndGet();
      return new Outcome.Unknown("status %s: %s".formatted(e.status(), e.reason()));
    }
  }

  private static boolean isSilence(ApiException e) {
    return e instanceof NoAnswerException || e.status() >= FIRST_SERVER_ERROR;
  }

  /// Lists objects, again and again until there is an answer.
  List<Json> list(String path, Json where) throws InterruptedException {
    var end = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        return server.client(turn.get()).call(path, Json.object("where", where)).elements();
      } catch (ApiException e) {
        if (!isSilence(e) || System.nanoTime() > end) {
          throw e;
        }
        turn.incrementAndGet();
        Thread.sleep(PAUSE);
      }
    }
  }

  /// What the queue says of a task, for people to see what it waits for.
  String queueEntry(String taskId) throws InterruptedException {
    try (var rows = server.database();
        var statement =
            rows.prepareStatement(
                "SELECT row_to_json(queued)::text FROM belfry.task_queue AS queued WHERE task_id ="
                    + " ?")) {
      statement.setString(1, taskId);
      try (var found = statement.executeQuery()) {
        return found.next() ? found.getString(1) : "nothing";
      }
    } catch (SQLException | IOException e) {
      return e.toString();
    }
  }
}
