package io.belfry.reliability.crash;

import io.belfry.reliability.crash.Ledger.Fate;
import io.belfry.reliability.crash.Ledger.TaskEnd;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What a run has shown.
record Summary(
    CrashSettings settings,
    Map<Strike.Kind, Integer> strikes,
    Map<Fate, Integer> calls,
    Map<TaskEnd, Integer> tasks,
    Duration duration,
    List<String> violations) {

  /// Lines of a Markdown table, and each violation.
  String text() {
    var text = new StringBuilder("| what | how often |%n|---|---|%n".formatted());
    row(text, "blows (%s)".formatted(settings), strikes.values().stream().mapToInt(n -> n).sum());
    strikes.forEach((kind, count) -> row(text, "… " + kind.words(), count));
    row(text, "calls acknowledged", calls.getOrDefault(Fate.ACKNOWLEDGED, 0));
    row(text, "calls refused", calls.getOrDefault(Fate.REFUSED, 0));
    row(text, "calls without an answer: had happened", count(Fate.UNKNOWN_HAPPENED));
    row(text, "calls without an answer: had not", count(Fate.UNKNOWN_NOT_HAPPENED));
    row(text, "tasks that succeeded", tasks.getOrDefault(TaskEnd.SUCCESSED, 0));
    row(text, "tasks that failed as they should", tasks.getOrDefault(TaskEnd.FAILED, 0));
    row(text, "violations", violations.size());
    row(text, "seconds", (int) duration.toSeconds());
    for (var violation : violations) {
      text.append("%nVIOLATION %s%n".formatted(violation));
    }
    return text.toString();
  }

  private int count(Fate fate) {
    return calls.getOrDefault(fate, 0);
  }

  private static void row(StringBuilder text, String what, int count) {
    text.append(String.format(Locale.ROOT, "| %s | %,d |%n", what, count));
  }
}
