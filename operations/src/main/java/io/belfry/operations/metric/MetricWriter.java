package io.belfry.operations.metric;

import com.fasterxml.jackson.core.JsonGenerator;
import io.belfry.hypervisor.Moments;
import io.belfry.hypervisor.Series;
import io.belfry.store.rows.MetricUnit;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/// Writes the parts of answers about metrics.
final class MetricWriter {
  private static final int DECIMALS = 3;

  private final JsonGenerator json;

  MetricWriter(JsonGenerator json) {
    this.json = json;
  }

  /// Begins an element of the answer: what one metric is measured in.
  void begin(MetricUnit unit, Moments moments, boolean dropped) throws IOException {
    json.writeStartObject();
    json.writeNullField("task_id");
    json.writeObjectFieldStart("data");
    json.writeStringField("unit", unit.wire());
    json.writeNumberField("step", moments.step().toSeconds());
    json.writeBooleanField("dropped", dropped);
  }

  void end() throws IOException {
    json.writeEndObject();
    json.writeEndObject();
  }

  void stream(String metric, Map<String, String> labels, Series series, Moments moments)
      throws IOException {
    json.writeStartObject();
    labels(metric, labels);
    json.writeArrayFieldStart("points");
    for (var i = 0; i < series.size(); i++) {
      if (series.knows(i)) {
        point(moments.millis(i), series.at(i));
      }
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  void sample(String metric, Map<String, String> labels, long millis, double value)
      throws IOException {
    json.writeStartObject();
    labels(metric, labels);
    json.writeFieldName("point");
    point(millis, value);
    json.writeEndObject();
  }

  private void labels(String metric, Map<String, String> labels) throws IOException {
    json.writeObjectFieldStart("labels");
    json.writeStringField("metric_name", metric);
    for (var label : labels.entrySet()) {
      json.writeStringField(label.getKey(), label.getValue());
    }
    json.writeEndObject();
  }

  private void point(long millis, double value) throws IOException {
    json.writeStartObject();
    json.writeNumberField("t", millis);
    json.writeFieldName("v");
    json.writeNumber(number(value));
    json.writeEndObject();
  }

  /// Without an exponent, and without digits that say nothing.
  private static String number(double value) {
    var rounded = BigDecimal.valueOf(value).setScale(DECIMALS, RoundingMode.HALF_UP);
    return rounded.stripTrailingZeros().toPlainString();
  }
}
