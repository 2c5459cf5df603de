package io.belfry.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Runs the benchmarks that the arguments name, or all: `cli`, `start`, `first-test`, `get-vms`,
/// `events`, `log`, `reset`, `sdk`, `storm`, `tasks`. Prints lines of a Markdown table for
/// `docs/performance.md`.
///
/// `-Dvms=100000` says how many VMs the data centre has, `-Dseconds=10` how long a load lasts.
public final class Benchmarks {
  private static final Map<String, Benchmark> ALL =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("cli", new CliBenchmark()),
              Map.entry("first-test", new FirstTestBenchmark()),
              Map.entry("start", new StartBenchmark()),
              Map.entry("get-vms", new GetVmsBenchmark()),
              Map.entry("events", new EventsBenchmark()),
              Map.entry("log", new LogBenchmark()),
              Map.entry("reset", new ResetBenchmark()),
              Map.entry("sdk", new SdkBenchmark()),
              Map.entry("storm", new StormBenchmark()),
              Map.entry("tasks", new TasksBenchmark())));

  private Benchmarks() {}

  /// One measurement.
  interface Benchmark {
    List<Result> run() throws Exception;
  }

  /// What a benchmark measured.
  ///
  /// @param value ours
  /// @param peer what it is compared with, by name
  /// @param peerValue the peer's, in the same unit; NaN where there is no peer
  record Result(String what, String unit, double value, String peer, double peerValue) {
    static Result alone(String what, String unit, double value) {
      return new Result(what, unit, value, "", Double.NaN);
    }

    String row() {
      var compared = !Double.isNaN(peerValue);
      return String.format(
          Locale.ROOT,
          "| %s | %,.1f %s | %s | %s |",
          what,
          value,
          unit,
          compared ? String.format(Locale.ROOT, "%s: %,.1f %s", peer, peerValue, unit) : "—",
          compared ? String.format(Locale.ROOT, "%.2f", value / peerValue) : "—");
    }
  }

  public static void main(String[] names) throws Exception {
    System.out.println("| what | Belfry | compared with | ratio |\n|---|---|---|---|");
    for (var name : names.length == 0 ? ALL.keySet() : List.of(names)) {
      var benchmark = ALL.get(name);
      if (benchmark == null) {
        throw new IllegalArgumentException(
            "no benchmark %s; there are %s".formatted(name, ALL.keySet()));
      }
      for (var result : benchmark.run()) {
        System.out.println(result.row());
      }
    }
  }
}
