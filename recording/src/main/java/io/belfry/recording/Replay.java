package io.belfry.recording;

import io.belfry.sdk.Json;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Answers as a server did while it was recorded, without that server. A request is answered if the
/// same was recorded: same method, path and body, whatever the order of the body's fields. What was
/// recorded several times is answered in that order, and the last answer stays, so that programs
/// that ask until something has happened see it happen. Passwords and tokens may be any.
///
/// Other requests are answered 404, with what the most similar recorded one has different.
/// Thread-safe.
public final class Replay implements AutoCloseable {
  private static final int MAX_SHOWN = 3;

  private final Recording recording;
  private final Map<Question, Deque<RecordedCall>> answers = new HashMap<>();
  private final LocalServer server;

  private Replay(Recording recording, int port) throws IOException {
    this.recording = recording;
    for (var call : recording.calls()) {
      answers
          .computeIfAbsent(
              new Question(call.operation(), call.request()), question -> new ArrayDeque<>())
          .add(call);
    }
    this.server = LocalServer.start(port, this::answer);
  }

  /// What is asked.
  private record Question(String operation, Json body) {}

  /// Starts answering on the loopback address.
  ///
  /// @param port 0 for any that is free
  /// @throws IOException if the port is taken
  public static Replay start(Recording recording, int port) throws IOException {
    return new Replay(recording, port);
  }

  /// The address that programs are to use as the server's.
  public String url() {
    return server.url();
  }

  private LocalServer.Answer answer(LocalServer.Question question) {
    var type = question.headers().getOrDefault("content-type", "");
    var body = new Redaction().of(RecordedCall.body(question.body(), type));
    var operation = question.method() + " " + Redaction.ofAddress(question.path());
    var call = next(new Question(operation, body));
    return call == null
        ? notRecorded(operation, body)
        : LocalServer.Answer.text(call.status(), call.type(), call.body());
  }

  private synchronized @Nullable RecordedCall next(Question question) {
    var calls = answers.get(question);
    if (calls == null) {
      return null;
    }
    return calls.size() > 1 ? calls.poll() : calls.peek();
  }

  private LocalServer.Answer notRecorded(String operation, Json body) {
    var message =
        recording.calls().stream()
            .filter(call -> call.operation().equals(operation))
            .map(call -> Comparison.values(call.request(), body))
            .min(Comparator.comparingInt(List::size))
            .map(differences -> "recorded, but not with this body: " + shown(differences))
            .orElse("not recorded");
    return LocalServer.Answer.problem(404, "NotRecorded", operation + " is " + message);
  }

  private static String shown(List<Comparison.Difference> differences) {
    var some =
        differences.stream()
            .limit(MAX_SHOWN)
            .map(each -> "%s was %s, is %s".formatted(each.place(), each.left(), each.right()))
            .collect(Collectors.joining("; "));
    return differences.size() > MAX_SHOWN ? some + "; …" : some;
  }

  @Override
  public void close() {
    server.close();
  }
}
