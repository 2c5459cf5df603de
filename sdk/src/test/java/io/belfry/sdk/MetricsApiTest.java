package io.belfry.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.sdk.api.MetricsApi;
import io.belfry.sdk.model.DataPoint;
import io.belfry.sdk.model.GetVmMetricInput;
import io.belfry.sdk.model.MetricUnit;
import io.belfry.sdk.model.Vm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MetricsApiTest {
  private final TestServer server = TestServer.start();
  private final ApiClient client = server.client();

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void readsSeriesOfPoints() {
    server.on(
        "get-vm-metrics",
        """
        [{"task_id": null, "data": {"unit": "PERCENT", "step": 10, "dropped": false,
          "sample_streams": [{"labels": {"metric_name": "cpu", "_vm": "v", "name": "web"},
            "points": [{"t": 1769846390000, "v": 12.5}, {"t": 1769846400000, "v": 13}]}],
          "samples": null}}]
        """);

    var answer =
        new MetricsApi(client)
            .getVmMetrics(
                GetVmMetricInput.builder()
                    .vms(Vm.NAME.is("web"))
                    .metrics("cpu")
                    .range("1h")
                    .build());

    assertThat(server.lastCall().json())
        .isEqualTo(
            Json.parse(
                "{\"metrics\": [\"cpu\"], \"range\": \"1h\", \"vms\": {\"name\": \"web\"}}"));
    assertThat(answer.taskIds()).isEmpty();
    var metric = answer.get(0).data();
    assertThat(metric.unit()).isEqualTo(MetricUnit.PERCENT);
    assertThat(metric.step()).isEqualTo(10);
    var stream = metric.sampleStreams().get(0);
    assertThat(stream.labels().vm()).isEqualTo("v");
    assertThat(stream.points())
        .extracting(DataPoint::t)
        .containsExactly(1769846390000L, 1769846400000L);
    assertThat(stream.points()).extracting(DataPoint::v).containsExactly(12.5, 13.0);
  }
}
