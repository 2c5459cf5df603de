package io.belfry.examples.dashboard;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.AlertApi;
import io.belfry.sdk.model.Alert;
import io.belfry.sdk.model.Cluster;
import io.belfry.sdk.model.SeverityEnum;
import java.util.List;

/// 构建报警信息: the alerts that have not ended, by how bad they are.
///
/// An alert's severity is a text, not a value of the enum, so that servers can send others.
public record ActiveAlerts(List<Alert> critical, List<Alert> notice, List<Alert> info) {

  public static ActiveAlerts of(ApiClient client, List<String> clusterIds) {
    var alerts =
        new AlertApi(client)
            .getAlerts(Alert.ENDED.isFalse().and(Alert.CLUSTER.has(Cluster.ID.in(clusterIds))));
    return new ActiveAlerts(
        with(SeverityEnum.CRITICAL, alerts),
        with(SeverityEnum.NOTICE, alerts),
        with(SeverityEnum.INFO, alerts));
  }

  private static List<Alert> with(SeverityEnum severity, List<Alert> alerts) {
    return alerts.stream().filter(alert -> alert.severity().equals(severity.value())).toList();
  }

  public static void main(String[] args) throws Exception {
    Program.run(args, List.of("cluster-id..."), ActiveAlerts::of);
  }
}
