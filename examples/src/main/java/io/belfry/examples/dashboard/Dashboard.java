package io.belfry.examples.dashboard;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.Condition;
import io.belfry.sdk.api.ClusterApi;
import io.belfry.sdk.model.Cluster;
import io.belfry.sdk.model.Datacenter;
import java.util.List;
import java.util.Locale;

/// 构建 Dashboard: all of a data centre at a glance.
public record Dashboard(
    List<Cluster> clusters, ActiveAlerts alerts, HardDisks hardDisks, Performance performance) {

  /// Of all clusters.
  public static Dashboard ofEverything(ApiClient client) {
    return of(client, Condition.everything());
  }

  public static Dashboard ofDatacenter(ApiClient client, String datacenterId) {
    return of(client, Cluster.DATACENTERS.some(Datacenter.ID.is(datacenterId)));
  }

  public static Dashboard ofCluster(ApiClient client, String clusterId) {
    return of(client, Cluster.ID.is(clusterId));
  }

  private static Dashboard of(ApiClient client, Condition<Cluster> which) {
    var clusters = new ClusterApi(client).getClusters(which);
    var ids = clusters.stream().map(Cluster::id).toList();
    return new Dashboard(
        clusters,
        ActiveAlerts.of(client, ids),
        HardDisks.of(client, ids),
        Performance.of(client, clusters));
  }

  /// A few lines of text.
  public String text() {
    var lines = new StringBuilder();
    performance
        .compute()
        .ifPresent(compute -> {
          lines.append(
              String.format(
                  Locale.ROOT,
                  "CPU      %5.1f %% of %s, %s cores\n",
                  compute.cpu().percent(),
                  Units.hertz(compute.cpu().total()),
                  compute.cores()));
          lines.append(
              String.format(
                  Locale.ROOT,
                  "Memory   %5.1f %% of %s\n",
                  compute.memory().percent(),
                  Units.bytes(compute.memory().total())));
        });
    var storage = performance.storage();
    lines.append(
        String.format(
            Locale.ROOT,
            "Storage  %5.1f %% of %s, %s available\n",
            storage.usage().percent(),
            Units.bytes(storage.total()),
            Units.bytes(storage.available())));
    lines.append(
        "Disks    %s HDDs: %s healthy, %s warning, %s error\n"
            .formatted(
                hardDisks.total(), hardDisks.healthy(), hardDisks.warning(), hardDisks.error()));
    lines.append(
        "Alerts   %s critical, %s notice, %s info"
            .formatted(alerts.critical().size(), alerts.notice().size(), alerts.info().size()));
    return lines.toString();
  }

  public static void main(String[] args) throws Exception {
    Program.run(args, List.of(), (client, given) -> ofEverything(client).text());
  }
}
