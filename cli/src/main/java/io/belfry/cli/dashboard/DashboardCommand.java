package io.belfry.cli.dashboard;

import io.belfry.cli.catalogue.Catalogue;
import io.belfry.cli.command.Command;
import io.belfry.cli.command.Invocation;
import io.belfry.cli.command.Names;
import io.belfry.cli.command.Values;
import io.belfry.cli.command.Watch;
import io.belfry.cli.output.Cells;
import io.belfry.cli.shell.ExitCode;
import io.belfry.cli.shell.Surroundings;
import io.belfry.sdk.Condition;
import io.belfry.sdk.Json;
import io.belfry.sdk.model.Cluster;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `belfry dashboard`: how the clusters are, at a glance.
public record DashboardCommand(Catalogue catalogue) implements Command {
  private static final int BAR = 24;
  private static final double HIGH = 0.8;
  private static final String RED = "\u001b[31m";
  private static final String PLAIN = "\u001b[0m";
  private static final String CLUSTER = "Cluster";

  @Override
  public CommandSpec spec() {
    var spec = CommandSpec.wrapWithoutInspection(this).name("dashboard");
    spec.usageMessage()
        .description(
            "Shows how clusters are: what is used, which disks have failed, which alerts there"
                + " are.");
    spec.addOption(Watch.option());
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("NAME|ID")
            .arity("0..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description("Which clusters (default: all).")
            .build());
    return spec;
  }

  @Override
  public Values values(String option, Surroundings surroundings) {
    return option.equals(WORDS) ? new Values.Names(CLUSTER) : new Values.Words(List.of());
  }

  @Override
  public ExitCode run(Invocation invocation) {
    var named = invocation.positionals();
    Condition<Cluster> which =
        named.isEmpty()
            ? Condition.everything()
            : Cluster.ID.in(new Names(invocation.server()).ids(catalogue.entity(CLUSTER), named));
    Watch.show(invocation, () -> show(invocation, which));
    return ExitCode.OK;
  }

  private static void show(Invocation invocation, Condition<Cluster> which) {
    var clusters = ClusterHealth.of(invocation.server().client(), which);
    if (invocation.output().format().isForPrograms()) {
      invocation.output().value(Json.of(clusters.stream().map(ClusterHealth::json).toList()));
      return;
    }
    var isColoured = invocation.surroundings().hasColours();
    var lines = clusters.stream().map(each -> text(each, isColoured)).toList();
    invocation.surroundings().out().print(String.join("\n", lines));
  }

  private static String text(ClusterHealth health, boolean isColoured) {
    var cluster = health.cluster();
    var disks = health.disks();
    var alerts = health.alerts();
    return String.format(
        Locale.ROOT,
        """
        %s: %s hosts, %s VMs
          CPU      %s of %.1f GHz
          Memory   %s of %s
          Storage  %s of %s
          Disks    %s healthy, %s unused, %s failed
          Alerts   %s critical, %s notice, %s info
        """,
        cluster.name(),
        cluster.hostNum(),
        cluster.vmNum(),
        bar(health.cpu(), isColoured),
        health.cpu().total() / 1e9,
        bar(health.memory(), isColoured),
        Cells.bytes(health.memory().total()),
        bar(health.storage(), isColoured),
        Cells.bytes(health.storage().total()),
        disks.healthy(),
        disks.unused(),
        warned(disks.failed() > 0, Long.toString(disks.failed()), isColoured),
        warned(alerts.critical() > 0, Long.toString(alerts.critical()), isColoured),
        alerts.notice(),
        alerts.info());
  }

  private static String bar(Usage usage, boolean isColoured) {
    var full = (int) Math.round(usage.fraction() * BAR);
    var bar =
        String.format(
            Locale.ROOT,
            "[%s%s] %3.0f %%",
            "#".repeat(full),
            ".".repeat(BAR - full),
            usage.fraction() * 100);
    return warned(usage.fraction() >= HIGH, bar, isColoured);
  }

  private static String warned(boolean isBad, String text, boolean isColoured) {
    return isBad && isColoured ? RED + text + PLAIN : text;
  }
}
