package io.belfry.operations.metric;

import com.fasterxml.jackson.core.JsonGenerator;
import io.belfry.operations.Inquiry;
import io.belfry.store.rows.MetricUnit;
import java.io.IOException;
import java.util.List;

/// Series of points, worked out one at a time while they are written. A metric that the things
/// don't have, or that nobody knows, has none.
///
/// @param dropped whether there are more things than these
record SeriesReply(
    List<String> metrics, Kind kind, Meter meter, List<Measured> measured, boolean dropped)
    implements Inquiry.Reply {

  @Override
  public void write(JsonGenerator json) throws IOException {
    var writer = new MetricWriter(json);
    json.writeStartArray();
    for (var name : metrics) {
      var metric = Metric.named(name).filter(known -> known.kinds().contains(kind));
      var unit = metric.map(known -> known.formula().unit()).orElse(MetricUnit.COUNT);
      writer.begin(unit, meter.moments(), dropped);
      json.writeArrayFieldStart("sample_streams");
      if (metric.isPresent()) {
        writeStreams(writer, metric.get());
      }
      json.writeEndArray();
      json.writeNullField("samples");
      writer.end();
    }
    json.writeEndArray();
  }

  private void writeStreams(MetricWriter writer, Metric metric) throws IOException {
    for (var each : measured) {
      var series = meter.series(metric.formula(), each);
      if (series.knowsAny()) {
        writer.stream(metric.name(), each.labels(), series, meter.moments());
      }
    }
  }
}
