package io.belfry.datacenter.faults;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.hypervisor.simulator.faults.Delay;
import java.time.Duration;
import java.util.List;

/// Delays as JSON, in whole milliseconds.
final class DelayJson {
  private static final String DISTRIBUTION = "distribution";
  private static final String MS = "ms";
  private static final String MIN_MS = "min_ms";
  private static final String MAX_MS = "max_ms";
  private static final String MEAN_MS = "mean_ms";

  private static final long MOST_MS = Duration.ofMinutes(10).toMillis();

  private DelayJson() {}

  /// Reads the delay at a key, which must be there.
  static Delay read(Given rule, String key) {
    var given =
        rule.object(key)
            .orElseThrow(() ->
                rule.outOfRange(
                    key, "an object such as {\"distribution\": \"FIXED\", \"ms\": 200}"));
    return switch (given.requiredWord(DISTRIBUTION, List.of("FIXED", "UNIFORM", "EXPONENTIAL"))) {
      case "FIXED" -> {
        given.requireKeys(List.of(DISTRIBUTION, MS));
        yield new Delay.Fixed(millis(given, MS, 1));
      }
      case "UNIFORM" -> {
        given.requireKeys(List.of(DISTRIBUTION, MIN_MS, MAX_MS));
        var min = millis(given, MIN_MS, 0);
        yield new Delay.Uniform(min, millis(given, MAX_MS, min.toMillis() + 1));
      }
      case "EXPONENTIAL" -> {
        given.requireKeys(List.of(DISTRIBUTION, MEAN_MS));
        yield new Delay.Exponential(millis(given, MEAN_MS, 1));
      }
      default -> throw new IllegalStateException("a word that was not allowed");
    };
  }

  static ObjectNode write(Delay delay) {
    var json = JsonNodeFactory.instance.objectNode();
    return switch (delay) {
      case Delay.Fixed(var duration) ->
          json.put(DISTRIBUTION, "FIXED").put(MS, duration.toMillis());
      case Delay.Uniform(var min, var max) ->
          json.put(DISTRIBUTION, "UNIFORM").put(MIN_MS, min.toMillis()).put(MAX_MS, max.toMillis());
      case Delay.Exponential(var mean) ->
          json.put(DISTRIBUTION, "EXPONENTIAL").put(MEAN_MS, mean.toMillis());
    };
  }

  private static Duration millis(Given given, String key, long least) {
    return Duration.ofMillis(given.requiredWhole(key, least, MOST_MS));
  }
}
