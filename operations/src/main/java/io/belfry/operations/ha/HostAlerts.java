package io.belfry.operations.ha;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.belfry.store.Transaction;
import io.belfry.store.id.IdSource;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.AlertEdit;
import io.belfry.store.rows.AlertRuleRow;
import io.belfry.store.rows.ClusterRow;
import io.belfry.store.rows.GlobalAlertRuleRow;
import io.belfry.store.rows.HostRow;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Alerts that a host doesn't answer, by the rule of its cluster that watches for it. Where there
/// is no such rule, or it is disabled, there are no alerts.
final class HostAlerts {
  private static final DateTimeFormatter TIMES =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final IdSource ids;
  private final Clock clock;

  HostAlerts(IdSource ids, Clock clock) {
    this.ids = ids;
    this.clock = clock;
  }

  private record Rule(GlobalAlertRuleRow global, AlertRuleRow own) {}

  void begin(Transaction transaction, HostRow host) {
    rule(transaction, host).ifPresent(rule -> begin(transaction, host, rule));
  }

  private void begin(Transaction transaction, HostRow host, Rule rule) {
    var now = clock.instant();
    var threshold = rule.own.thresholds().path(0);
    var cluster = transaction.find(ClusterRow.TYPE, host.clusterId()).orElseThrow();
    transaction.insert(
        AlertEdit.edit()
            .id(ids.cuid())
            .localId(ids.uuid())
            .alertRuleId(rule.own.id())
            .clusterId(host.clusterId())
            .hostId(host.id())
            .message(about(rule.global.message(), host))
            .cause(rule.global.cause())
            .impact(rule.global.impact())
            .solution(rule.global.solution())
            .severity(threshold.path("severity").asText("CRITICAL"))
            .threshold(threshold.path("value").asDouble())
            .value(1)
            .ended(false)
            .labels(
                JsonNodeFactory.instance
                    .objectNode()
                    .put("_cluster", cluster.localId())
                    .put("_host", host.localId())
                    .put("name", host.name()))
            .createTime(now)
            .localCreateTime(now)
            .localStartTime(TIMES.format(now))
            .localUpdateTime(TIMES.format(now))
            .localEndTime(""));
  }

  void end(Transaction transaction, HostRow host) {
    var now = TIMES.format(clock.instant());
    rule(transaction, host)
        .ifPresent(rule ->
            transaction.execute(
                """
                UPDATE tower.alert
                SET ended = TRUE, local_end_time = ?, local_update_time = ?
                WHERE host_id = ?
                  AND alert_rule_id = ?
                  AND NOT ended
                """,
                List.of(now, now, host.id(), rule.own.id())));
  }

  /// What happens to hosts, and not how much of something they have, is that they are lost.
  private static Optional<Rule> rule(Transaction transaction, HostRow host) {
    var globals =
        transaction.rows(
            GlobalAlertRuleRow.TYPE,
            """
            WHERE object = 'PHYSICAL_HOST'
              AND "boolean"
              AND NOT disabled
            ORDER BY id
            LIMIT 1
            """,
            List.of());
    return globals.stream()
        .flatMap(global ->
            transaction
                .related(AlertRuleRow.TYPE, "global_alert_rule", List.of(global.id()))
                .stream()
                .filter(own -> host.clusterId().equals(own.clusterId()) && !own.disabled())
                .map(own -> new Rule(global, own)))
        .findFirst();
  }

  private static LocalizedText about(LocalizedText message, HostRow host) {
    return new LocalizedText(named(message.enUs(), host), named(message.zhCn(), host));
  }

  private static String named(String message, HostRow host) {
    return message.replace("{{ .labels.name }}", host.name());
  }
}
