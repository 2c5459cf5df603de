package io.belfry.operations.metric;

import io.belfry.hypervisor.Moments;
import io.belfry.operations.input.Params;
import io.belfry.problem.ProblemCode;
import io.belfry.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/// The time that metrics are asked for: from so long ago until now.
record TimeRange(Duration length, Instant end) {
  private static final String KEY = "range";
  private static final Pattern TEXT = Pattern.compile("(\\d{1,6})([smhdw])");

  /// Distances that people expect between points.
  private static final List<Duration> STEPS =
      List.of(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(6),
          Duration.ofHours(12));

  /// The range that a body names, `1h` for instance.
  static TimeRange of(Params body, Instant now, MetricLimits limits) {
    var text = body.text(KEY);
    var parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw refused(body, text, limits);
    }
    var length = unit(parts.group(2)).multipliedBy(Long.parseLong(parts.group(1)));
    if (!length.isPositive() || length.compareTo(limits.longest()) > 0) {
      throw refused(body, text, limits);
    }
    return new TimeRange(length, now);
  }

  private static Duration unit(String letter) {
    return switch (letter) {
      case "s" -> Duration.ofSeconds(1);
      case "m" -> Duration.ofMinutes(1);
      case "h" -> Duration.ofHours(1);
      case "d" -> Duration.ofDays(1);
      default -> Duration.ofDays(7);
    };
  }

  private static ProblemException refused(Params body, String text, MetricLimits limits) {
    return body.refused(
        ProblemCode.OUT_OF_RANGE,
        KEY,
        "%s.%s is '%s': it must be a number with a unit (s, m, h, d or w) of at most %s days, such as 1h, 24h or 7d"
            .formatted(body.path(), KEY, text, limits.longest().toDays()));
  }

  /// Moments in this range, at multiples of their distance, so that asking again soon gives the
  /// same points. There is at least one.
  ///
  /// @param most how many there may be
  Moments moments(int most) {
    var step = step(most);
    var stepMillis = step.toMillis();
    var last = Math.floorDiv(end.toEpochMilli(), stepMillis) * stepMillis;
    var count = Math.max(1, Math.toIntExact(length.dividedBy(step)));
    return new Moments(Instant.ofEpochMilli(last - (count - 1) * stepMillis), step, count);
  }

  private Duration step(int most) {
    var longest = STEPS.getLast();
    return STEPS.stream()
        .filter(step -> length.dividedBy(step) <= most)
        .findFirst()
        .orElseGet(() -> longest.multipliedBy(length.dividedBy(longest.multipliedBy(most)) + 1));
  }
}
