package io.belfry.server.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.datacenter.faults.Given;
import io.belfry.hypervisor.HostId;
import io.belfry.hypervisor.HostSeen;
import io.belfry.hypervisor.HostState;
import io.belfry.hypervisor.simulator.SimulatedHypervisor;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.store.Store;
import io.belfry.store.Transaction;
import io.belfry.store.rows.HostRow;
import io.belfry.store.rows.MaintenanceModeEnum;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The simulated hosts, for somebody who goes and pulls their plugs.
public final class SimulatedHosts {
  private static final String STATE = "state";
  private static final List<String> STATES =
      Arrays.stream(HostState.values()).map(Enum::name).toList();

  private final Store store;
  private final SimulatedHypervisor hypervisor;

  public SimulatedHosts(Store store, SimulatedHypervisor hypervisor) {
    this.store = store;
    this.hypervisor = hypervisor;
  }

  /// All hosts with their states.
  JsonNode list() {
    var states =
        hypervisor.hosts().stream().collect(Collectors.toMap(HostSeen::id, Function.identity()));
    var list = JsonNodeFactory.instance.arrayNode();
    for (var row :
        store.read(transaction -> transaction.rows(HostRow.TYPE, "ORDER BY id", List.of()))) {
      var seen = states.get(new HostId(row.localId()));
      if (seen != null) {
        list.add(json(row, seen.state()));
      }
    }
    return list;
  }

  /// Changes the state of a host. What Belfry shows of it follows when Belfry notices, but for
  /// maintenance, which is nothing to notice: somebody decides it.
  ///
  /// @param id the host's id in the API, or its local id
  /// @param body `{"state": "UNREACHABLE"}`
  JsonNode change(String id, JsonNode body) {
    var given = new Given("body", body);
    given.requireKeys(List.of(STATE));
    var state = HostState.valueOf(given.requiredWord(STATE, STATES));
    var row =
        store.write(transaction -> recordMaintenance(transaction, find(transaction, id), state));
    hypervisor.changeHost(new HostId(row.localId()), state);
    return json(row, state);
  }

  private static HostRow find(Transaction transaction, String id) {
    return transaction
        .rows(HostRow.TYPE, "WHERE id = ? OR local_id = ? ORDER BY id LIMIT 1", List.of(id, id))
        .stream()
        .findFirst()
        .orElseThrow(() ->
            new Problem(
                    ProblemCode.OBJECT_NOT_FOUND,
                    "There is no host with the id or local id %s; GET %shosts lists all"
                        .formatted(id, SimulatorRoutes.BASE),
                    Map.of("id", id))
                .asException());
  }

  private static HostRow recordMaintenance(Transaction transaction, HostRow host, HostState state) {
    switch (state) {
      case CONNECTED -> record(transaction, host, MaintenanceModeEnum.IN_USE);
      case MAINTENANCE -> record(transaction, host, MaintenanceModeEnum.MAINTENANCE_MODE);
      case UNREACHABLE -> {
        // a host that is down keeps what was decided about it
      }
    }
    return host;
  }

  private static void record(Transaction transaction, HostRow host, MaintenanceModeEnum mode) {
    transaction.execute(
        """
        UPDATE tower.host
        SET host_state =
          coalesce(host_state, '{"enter_maintenance_time": "", "maintenance_job_id": ""}')
          || jsonb_build_object('state', ?::text)
        WHERE id = ?
        """,
        List.of(mode.wire(), host.id()));
  }

  private static ObjectNode json(HostRow row, HostState state) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", row.id())
        .put("local_id", row.localId())
        .put("name", row.name())
        .put(STATE, state.name());
  }
}
