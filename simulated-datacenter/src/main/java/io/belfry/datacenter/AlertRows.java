package io.belfry.datacenter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.datacenter.AlertKind.Threshold;
import io.belfry.datacenter.HostRows.BadDisk;
import io.belfry.datacenter.HostRows.PlacedHost;
import io.belfry.store.rows.AlertEdit;
import io.belfry.store.rows.AlertRow;
import io.belfry.store.rows.AlertRuleEdit;
import io.belfry.store.rows.GlobalAlertRuleEdit;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Makes the rules of alerts, and alerts that fit the state of what they are about.
final class AlertRows {
  private static final DateTimeFormatter TIMES =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Construction construction;
  private final Map<AlertKind, String> globalRules = new HashMap<>();

  AlertRows(Construction construction) {
    this.construction = construction;
  }

  /// Adds the rules that hold everywhere.
  void addGlobalRules() {
    for (var kind : AlertKind.ALL) {
      var id = construction.ids().cuid();
      globalRules.put(kind, id);
      construction
          .rows()
          .add(
              GlobalAlertRuleEdit.edit()
                  .id(id)
                  .name(kind.title())
                  .message(kind.message("{{ .labels.name }}"))
                  .cause(kind.cause())
                  .impact(kind.impact())
                  .solution(kind.solution())
                  .object(kind.object())
                  .boolean_(kind.watch().occurrence())
                  .operator(kind.watch().occurrence() ? "EQ" : "GT")
                  .unit(kind.watch().unit())
                  .defaultThresholds(thresholds(kind))
                  .thresholds(thresholds(kind))
                  .disabled(false));
    }
  }

  /// Adds a cluster's own rules, and its alerts: first those that have ended.
  void add(ClusterSite site, List<PlacedHost> hosts, List<MadeVm> vms) {
    var rules = addRules(site);
    var now = construction.now();
    var all = new ArrayList<Found>();
    all.addAll(ended(site, hosts, vms, now));
    all.addAll(active(site, hosts, vms, now));
    for (var found : all) {
      add(found, site, Objects.requireNonNull(rules.get(found.kind)));
    }
  }

  private Map<AlertKind, String> addRules(ClusterSite site) {
    var rules = new HashMap<AlertKind, String>();
    for (var kind : AlertKind.ALL) {
      var id = construction.ids().cuid();
      rules.put(kind, id);
      construction
          .rows()
          .add(
              AlertRuleEdit.edit()
                  .id(id)
                  .localId(construction.ids().uuid())
                  .clusterId(site.id())
                  .globalAlertRuleId(Objects.requireNonNull(globalRules.get(kind)))
                  .customized(false)
                  .disabled(false)
                  .thresholds(thresholds(kind)));
    }
    return rules;
  }

  /// What an alert is about.
  private sealed interface Subject {
    String name();

    record OfCluster(String name) implements Subject {}

    record OfHost(PlacedHost host) implements Subject {
      @Override
      public String name() {
        return host.name();
      }
    }

    record OfDisk(PlacedHost host, BadDisk disk) implements Subject {
      @Override
      public String name() {
        return "%s (%s)".formatted(disk.name(), host.name());
      }
    }

    record OfVm(MadeVm vm) implements Subject {
      @Override
      public String name() {
        return vm.plan().name();
      }
    }
  }

  /// @param end null while it lasts
  private record Found(
      AlertKind kind, Subject subject, double value, Instant start, @Nullable Instant end) {}

  private static List<Found> ended(
      ClusterSite site, List<PlacedHost> hosts, List<MadeVm> vms, Instant now) {
    var found = new ArrayList<Found>();
    found.add(
        new Found(
            AlertKind.STORAGE_FULL,
            new Subject.OfCluster(site.plan().name()),
            81.5,
            now.minus(Duration.ofDays(9)),
            now.minus(Duration.ofDays(7))));
    found.add(
        new Found(
            AlertKind.HOST_MEMORY,
            new Subject.OfHost(hosts.getFirst()),
            87.2,
            now.minus(Duration.ofDays(3)),
            now.minus(Duration.ofHours(70))));
    vms.stream()
        .filter(vm -> vm.plan().state().isRunning())
        .limit(2)
        .forEach(vm ->
            found.add(
                new Found(
                    AlertKind.VM_BUSY,
                    new Subject.OfVm(vm),
                    94.1,
                    now.minus(Duration.ofHours(30)),
                    now.minus(Duration.ofHours(29)))));
    return found;
  }

  private static List<Found> active(
      ClusterSite site, List<PlacedHost> hosts, List<MadeVm> vms, Instant now) {
    var found = new ArrayList<Found>();
    var cluster = new Subject.OfCluster(site.plan().name());
    found.add(occurred(AlertKind.LICENSE_EXPIRES, cluster, now.minus(Duration.ofHours(26))));
    found.add(
        new Found(
            AlertKind.TIME_OFFSET,
            new Subject.OfHost(hosts.get(1)),
            1.7,
            now.minus(Duration.ofHours(20)),
            null));
    for (var host : hosts) {
      for (var disk : host.badDisks()) {
        var since = now.minus(Duration.ofHours(18));
        found.add(occurred(kind(disk.condition()), new Subject.OfDisk(host, disk), since));
      }
    }
    if (site.plan().hasLostHost()) {
      var lost = new Subject.OfHost(hosts.getLast());
      found.add(occurred(AlertKind.HOST_UNREACHABLE, lost, now.minus(Duration.ofHours(6))));
    }
    vms.stream()
        .filter(AlertRows::lacksTools)
        .limit(3)
        .forEach(vm ->
            found.add(
                occurred(
                    AlertKind.VM_WITHOUT_TOOLS,
                    new Subject.OfVm(vm),
                    now.minus(Duration.ofHours(4)))));
    return found;
  }

  private static boolean lacksTools(MadeVm vm) {
    var plan = vm.plan();
    return plan.state().isRunning() && plan.guest().system() != null && !plan.guest().tools();
  }

  private static AlertKind kind(DiskCondition condition) {
    return switch (condition) {
      case SLOW -> AlertKind.DISK_SLOW;
      case FAILING -> AlertKind.DISK_FAILING;
      case BROKEN -> AlertKind.DISK_BROKEN;
      case NEW, HALF_MOUNTED -> AlertKind.DISK_UNMOUNTED;
      case HEALTHY -> throw new IllegalArgumentException("nothing to report of a healthy disk");
    };
  }

  private static Found occurred(AlertKind kind, Subject subject, Instant start) {
    return new Found(kind, subject, 1, start, null);
  }

  private void add(Found found, ClusterSite site, String rule) {
    var id = construction.ids().cuid();
    var threshold = found.kind.watch().thresholds().getFirst();
    var lastSeen = found.end == null ? construction.now() : found.end;
    var alert =
        AlertEdit.edit()
            .id(id)
            .localId(construction.ids().uuid())
            .alertRuleId(rule)
            .clusterId(site.id())
            .message(found.kind.message(found.subject.name()))
            .cause(found.kind.cause())
            .impact(found.kind.impact())
            .solution(found.kind.solution())
            .severity(threshold.severity().wire())
            .threshold(threshold.value())
            .value(found.value)
            .ended(found.end != null)
            .labels(labels(site, found.subject))
            .createTime(found.start)
            .localCreateTime(found.start)
            .localStartTime(TIMES.format(found.start))
            .localUpdateTime(TIMES.format(lastSeen))
            .localEndTime(found.end == null ? "" : TIMES.format(found.end));
    switch (found.subject) {
      case Subject.OfCluster _, Subject.OfVm _ -> construction.rows().add(alert);
      case Subject.OfHost(var host) -> construction.rows().add(alert.hostId(host.id()));
      case Subject.OfDisk(var host, var disk) ->
          construction.rows().add(alert.hostId(host.id()).diskId(disk.id()));
    }
    if (found.subject instanceof Subject.OfVm(var vm)) {
      construction.rows().link(AlertRow.TYPE, "vms", id, List.of(vm.id()));
    }
  }

  private static ObjectNode labels(ClusterSite site, Subject subject) {
    var labels = Json.object().put("_cluster", site.localId()).put("name", subject.name());
    return switch (subject) {
      case Subject.OfCluster _ -> labels;
      case Subject.OfHost(var host) -> labels.put("_host", host.localId());
      case Subject.OfDisk(var host, var disk) ->
          labels.put("_host", host.localId()).put("_device", disk.name());
      case Subject.OfVm(var vm) -> labels.put("_vm", vm.localId());
    };
  }

  private static JsonNode thresholds(AlertKind kind) {
    return Json.list(kind.watch().thresholds().stream().map(AlertRows::threshold).toList());
  }

  private static ObjectNode threshold(Threshold threshold) {
    return Json.object()
        .put("severity", threshold.severity().wire())
        .put("value", threshold.value());
  }
}
