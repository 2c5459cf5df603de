package io.belfry.operations.metric;

import com.fasterxml.jackson.core.JsonGenerator;
import io.belfry.hypervisor.Moments;
import io.belfry.operations.Inquiry;
import io.belfry.operations.Question;
import io.belfry.problem.ProblemCode;
import io.belfry.store.rows.ClusterRow;
import io.belfry.store.rows.GetTopNMetricInputType;
import io.belfry.store.rows.MetricUnit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `get-top-n-metrics-in-clusters`: the things in some clusters whose mean over a range of time is
/// greatest, or least. The metric's name tells of which kind they are.
record GetTopNVmVolumeMetrics(MetricLimits limits) implements Inquiry {
  private static final String COUNT = "n";

  @Override
  public String path() {
    return "get-top-n-metrics-in-clusters";
  }

  @Override
  public Reply answer(Question question) {
    var request = MetricRequest.of(question, limits);
    var count = count(question, request);
    var type = GetTopNMetricInputType.of(question.body().text("type"));
    var candidates = candidates(question, request);
    var rankings = new ArrayList<Ranking>();
    for (var name : request.names()) {
      var metric = Metric.named(name);
      var compared =
          metric
              .map(Metric::kind)
              .flatMap(kind -> Optional.ofNullable(candidates.get(kind)))
              .orElse(Candidates.NONE);
      var meter = request.meter(question, compared.measured(), limits);
      var ranked =
          metric.stream()
              .flatMap(
                  known -> compared.measured().stream().map(each -> ranked(meter, known, each)))
              .flatMap(Optional::stream)
              .sorted(order(type))
              .limit(count)
              .toList();
      var unit = metric.map(known -> known.formula().unit()).orElse(MetricUnit.COUNT);
      rankings.add(new Ranking(name, unit, meter.moments(), compared.dropped(), ranked));
    }
    return json -> write(json, rankings);
  }

  private int count(Question question, MetricRequest request) {
    var most = limits.streams() / request.names().size();
    var count = question.body().intValue(COUNT);
    if (count < 1 || count > most) {
      throw question
          .body()
          .refused(
              ProblemCode.OUT_OF_RANGE,
              COUNT,
              "%s.%s is %s: from 1 to %s are possible for so many metrics"
                  .formatted(question.body().path(), COUNT, count, most));
    }
    return count;
  }

  /// The things that are compared, by their kind.
  private Map<Kind, Candidates> candidates(Question question, MetricRequest request) {
    var clusters = question.condition(ClusterRow.TYPE, question.body().object("clusters"));
    var kinds = EnumSet.noneOf(Kind.class);
    request.names().forEach(name -> Metric.named(name).map(Metric::kind).ifPresent(kinds::add));
    return question.read(transaction -> {
      var candidates = new EnumMap<Kind, Candidates>(Kind.class);
      for (var kind : kinds) {
        var condition = kind.in(question, clusters);
        var ids = question.ids(transaction, kind.type(), condition, limits.candidates() + 1);
        var compared = ids.subList(0, Math.min(ids.size(), limits.candidates()));
        var dropped = ids.size() > limits.candidates();
        candidates.put(kind, new Candidates(kind.read(transaction, compared), dropped));
      }
      return candidates;
    });
  }

  /// @param dropped whether there are more
  private record Candidates(List<Measured> measured, boolean dropped) {
    static final Candidates NONE = new Candidates(List.of(), false);
  }

  /// What comes first in the order of a metric.
  private record Ranking(
      String metric, MetricUnit unit, Moments moments, boolean dropped, List<Ranked> ranked) {}

  private record Ranked(Map<String, String> labels, double mean) {}

  private static Comparator<Ranked> order(GetTopNMetricInputType type) {
    var order = Comparator.comparingDouble(Ranked::mean);
    return switch (type) {
      case top -> order.reversed();
      case bottom -> order;
    };
  }

  private static Optional<Ranked> ranked(Meter meter, Metric metric, Measured measured) {
    var series = meter.series(metric.formula(), measured);
    return series.knowsAny()
        ? Optional.of(new Ranked(measured.labels(), series.mean()))
        : Optional.empty();
  }

  private static void write(JsonGenerator json, List<Ranking> rankings) throws IOException {
    var writer = new MetricWriter(json);
    json.writeStartArray();
    for (var ranking : rankings) {
      var moments = ranking.moments();
      writer.begin(ranking.unit(), moments, ranking.dropped());
      json.writeNullField("sample_streams");
      json.writeArrayFieldStart("samples");
      for (var each : ranking.ranked()) {
        writer.sample(
            ranking.metric(), each.labels(), moments.millis(moments.count() - 1), each.mean());
      }
      json.writeEndArray();
      writer.end();
    }
    json.writeEndArray();
  }
}
