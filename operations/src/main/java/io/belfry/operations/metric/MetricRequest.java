package io.belfry.operations.metric;

import io.belfry.operations.Question;
import io.belfry.problem.ProblemCode;
import java.util.List;

/// Which metrics are asked for, of which time.
record MetricRequest(List<String> names, TimeRange range) {
  private static final String METRICS = "metrics";

  MetricRequest {
    names = List.copyOf(names);
  }

  static MetricRequest of(Question question, MetricLimits limits) {
    var body = question.body();
    var names = body.texts(METRICS);
    if (names.isEmpty() || names.size() > limits.metrics()) {
      throw body.refused(
          ProblemCode.OUT_OF_RANGE,
          METRICS,
          "%s.%s names %s metrics: from 1 to %s are possible, such as elf_vm_cpu_overall_usage_percent"
              .formatted(body.path(), METRICS, names.size(), limits.metrics()));
    }
    return new MetricRequest(names, TimeRange.of(body, question.tools().clock().instant(), limits));
  }

  /// A meter with as many points as are worth their costs: the more has to be added up, the fewer.
  Meter meter(Question question, List<Measured> measured, MetricLimits limits) {
    var sources = measured.stream().mapToLong(Measured::sources).sum() * names.size();
    var affordable = limits.values() / Math.max(1, sources);
    var points = Math.clamp(affordable, limits.fewestPoints(), limits.points());
    return new Meter(question.tools().driver().history(), range.moments(points));
  }
}
