package io.belfry.reliability.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// All calls of one run in the order in which they were made, on the callers' side of the
/// connection. Thread-safe.
final class Ledger {
  private static final Duration GLANCE = Duration.ofMillis(100);

  private final List<Call> calls = new ArrayList<>();
  private final Map<TaskEnd, Integer> tasks = new EnumMap<>(TaskEnd.class);
  private int acknowledged;
  private final long beganNanos = System.nanoTime();

  /// What has become of a call.
  enum Fate {
    /// No answer yet.
    INVOKED,
    /// Answered with tasks.
    ACKNOWLEDGED,
    /// Answered with a refusal: nothing may have happened.
    REFUSED,
    /// The connection broke, or the server could not tell: it may have happened or not.
    UNKNOWN,
    /// It was unknown, and later there were its tasks.
    UNKNOWN_HAPPENED,
    /// It was unknown, and later there were none.
    UNKNOWN_NOT_HAPPENED
  }

  enum TaskEnd {
    SUCCESSED,
    FAILED
  }

  /// One line of the ledger.
  private static final class Call {
    private final String tenant;
    private final String path;
    private final String body;
    private final List<String> history = new ArrayList<>();
    private Fate fate = Fate.INVOKED;

    Call(String tenant, String path, String body) {
      this.tenant = tenant;
      this.path = path;
      this.body = body;
    }

    @Override
    public String toString() {
      return "  %s %s %s%n    %s"
          .formatted(tenant, path, body, String.join(System.lineSeparator() + "    ", history));
    }
  }

  /// @return the number of the call
  synchronized int invoked(String tenant, Planned planned) {
    var call = new Call(tenant, planned.path(), planned.body().toString());
    calls.add(call);
    note(call, "invoked");
    return calls.size() - 1;
  }

  synchronized void fate(int number, Fate fate, String detail) {
    if (fate == Fate.ACKNOWLEDGED) {
      acknowledged++;
      notifyAll();
    }
    var call = calls.get(number);
    call.fate = fate;
    note(call, fate + " " + detail);
  }

  synchronized void ended(int number, String task, TaskEnd end, String detail) {
    tasks.merge(end, 1, Integer::sum);
    note(calls.get(number), "task %s %s %s".formatted(task, end, detail));
  }

  /// Waits until so many more calls have been acknowledged, but not for ever: it may be that none
  /// can be.
  synchronized void awaitAcknowledged(int more, Duration limit) throws InterruptedException {
    var end = System.nanoTime() + limit.toNanos();
    var wanted = acknowledged + more;
    while (acknowledged < wanted && System.nanoTime() < end) {
      wait(GLANCE.toMillis());
    }
  }

  private void note(Call call, String what) {
    var seconds = (System.nanoTime() - beganNanos) / 1e9;
    call.history.add(String.format(Locale.ROOT, "%8.3f s %s", seconds, what));
  }

  /// The lines that mention something, such as the id or the name of a VM.
  synchronized String about(String... words) {
    var found = new StringBuilder();
    for (var call : calls) {
      var line = call.toString();
      for (var word : words) {
        if (!word.isEmpty() && line.contains(word)) {
          found.append(System.lineSeparator()).append(line);
          break;
        }
      }
    }
    return found.toString();
  }

  synchronized Map<Fate, Integer> fates() {
    var counts = new EnumMap<Fate, Integer>(Fate.class);
    for (var fate : Fate.values()) {
      counts.put(fate, 0);
    }
    calls.forEach(call -> counts.merge(call.fate, 1, Integer::sum));
    return counts;
  }

  synchronized Map<TaskEnd, Integer> tasks() {
    var counts = new EnumMap<TaskEnd, Integer>(TaskEnd.class);
    counts.putAll(tasks);
    return counts;
  }
}
