package io.belfry.operations.ha;

import io.belfry.operations.Tools;
import io.belfry.store.Transaction;
import io.belfry.store.rows.HostConnectStatus;
import io.belfry.store.rows.HostEdit;
import io.belfry.store.rows.HostMergedStatus;
import io.belfry.store.rows.HostRow;
import io.belfry.store.rows.HostStatus;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Shows hosts as lost or there.
final class LostHosts {
  private static final Logger LOG = LoggerFactory.getLogger(LostHosts.class);
  private static final Set<HostStatus> UP =
      EnumSet.of(HostStatus.CONNECTED_HEALTHY, HostStatus.CONNECTED_WARNING);

  private final Tools tools;
  private final HostAlerts alerts;

  LostHosts(Tools tools) {
    this.tools = tools;
    this.alerts = new HostAlerts(tools.ids(), tools.clock());
  }

  /// A host as it is shown.
  record Shown(String id, String localId, HostStatus status) {
    boolean isShownUp() {
      return UP.contains(status);
    }

    boolean isShownLost() {
      return status == HostStatus.CONNECTED_ERROR;
    }
  }

  List<Shown> all() {
    return tools
        .store()
        .read(transaction ->
            transaction.query(
                "SELECT id, local_id, status FROM tower.host ORDER BY id",
                List.of(),
                row -> new Shown(row.text(1), row.text(2), HostStatus.of(row.text(3)))));
  }

  /// Shows a host as lost, unless somebody has done so.
  void lose(String id) {
    tools.store().change(transaction -> lose(transaction, id));
  }

  /// Shows a host as there again, unless somebody has done so.
  void find(String id) {
    tools.store().change(transaction -> find(transaction, id));
  }

  private void lose(Transaction transaction, String id) {
    for (var host : transaction.lock(HostRow.TYPE, List.of(id))) {
      if (UP.contains(host.status())) {
        transaction.update(
            id,
            HostEdit.edit()
                .status(HostStatus.CONNECTED_ERROR)
                .mergedStatus(HostMergedStatus.DISCONNECTED)
                .connectStatus(HostConnectStatus.DISCONNECTED));
        alerts.begin(transaction, host);
        transaction.afterCommit(() -> LOG.warn("host {} doesn't answer", host.name()));
      }
    }
  }

  private void find(Transaction transaction, String id) {
    for (var host : transaction.lock(HostRow.TYPE, List.of(id))) {
      if (host.status() == HostStatus.CONNECTED_ERROR) {
        transaction.update(
            id,
            HostEdit.edit()
                .status(HostStatus.CONNECTED_HEALTHY)
                .mergedStatus(HostMergedStatus.HEALTHY)
                .connectStatus(HostConnectStatus.CONNECTED));
        alerts.end(transaction, host);
        transaction.afterCommit(() -> LOG.info("host {} answers again", host.name()));
      }
    }
  }
}
