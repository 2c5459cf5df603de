package io.belfry.datacenter.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.hypervisor.simulator.Faults;
import io.belfry.hypervisor.simulator.Waiting;
import io.belfry.hypervisor.simulator.faults.FaultRule;
import io.belfry.hypervisor.simulator.faults.FaultRules;
import io.belfry.hypervisor.simulator.faults.Ledger;
import io.belfry.hypervisor.simulator.faults.Target;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.store.Store;
import io.belfry.store.id.IdSource;
import io.belfry.store.job.RecurringJob;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The fault rules of all servers that share a database: kept there, known here. A change made here
/// holds here at once, and elsewhere within half a second. Rules outlive every server.
public final class SharedFaults implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SharedFaults.class);
  private static final Duration INTERVAL = Duration.ofMillis(500);
  private static final int LIMIT = 100;

  private final FaultTable table;
  private final FaultRules rules;
  private final DriverIds driverIds;
  private final IdSource ids;
  private final Set<String> operations;
  private @Nullable RecurringJob refreshing;

  private SharedFaults(Store store, IdSource ids) {
    this.operations = store.layout().schema().operations().keySet();
    this.table = new FaultTable(store, operations);
    this.rules = new FaultRules(table, Waiting.SLEEPING);
    this.driverIds = new DriverIds(store);
    this.ids = ids;
  }

  /// Faults that are kept fresh until [#close].
  ///
  /// @param ids makes the ids of rules
  public static SharedFaults start(Store store, IdSource ids) {
    var faults = new SharedFaults(store, ids);
    faults.refresh();
    faults.refreshing = RecurringJob.start("fault rules", INTERVAL, faults::refresh);
    return faults;
  }

  /// What to give the simulator.
  public Faults faults() {
    return rules;
  }

  /// How many rules hold here.
  public int count() {
    return rules.rules().size();
  }

  /// All rules with their ids and counters, as JSON.
  public JsonNode list() {
    var list = JsonNodeFactory.instance.arrayNode();
    table.all().forEach(each -> list.add(json(each)));
    return list;
  }

  /// Adds a rule.
  ///
  /// @param body the rule as JSON; objects, hosts and storages by their ids in the API or local ids
  /// @return the rule with its id
  /// @throws io.belfry.problem.ProblemException if it makes no sense, or names what isn't there
  public JsonNode add(JsonNode body) {
    var rule = withDriverIds(RuleJson.read(ids.uuid(), new Given("body", body), operations));
    table.add(rule, LIMIT);
    refresh();
    return json(new FaultTable.Stored(rule, new Ledger.Counts(0, 0)));
  }

  /// Removes a rule; calls that hang by it go on.
  ///
  /// @throws io.belfry.problem.ProblemException if there is none with this id
  public void remove(String id) {
    if (!table.remove(id)) {
      throw new Problem(
              ProblemCode.OBJECT_NOT_FOUND,
              "There is no fault rule with the id %s; GET /v2/simulator/faults lists all"
                  .formatted(id),
              Map.of("id", id))
          .asException();
    }
    refresh();
  }

  /// Removes all rules; calls that hang go on.
  ///
  /// @return how many there were
  public int removeAll() {
    var count = table.removeAll();
    if (count > 0 || count() > 0) {
      refresh();
    }
    return count;
  }

  @Override
  public void close() {
    if (refreshing != null) {
      refreshing.close();
    }
  }

  private FaultRule withDriverIds(FaultRule rule) {
    var target = rule.target();
    var known =
        new Target(
            target.calls(),
            target.operations(),
            target.kinds(),
            driverIds.objects(target.objects()),
            driverIds.hosts(target.hosts()),
            driverIds.storages(target.storages()));
    return new FaultRule(rule.id(), known, rule.frequency(), rule.trouble());
  }

  private static ObjectNode json(FaultTable.Stored stored) {
    var json = JsonNodeFactory.instance.objectNode().put("id", stored.rule().id());
    json.setAll(RuleJson.write(stored.rule()));
    return json.put("matched", stored.counts().matched()).put("struck", stored.counts().struck());
  }

  /// While the database is away, the rules stay as they are. Synchronized, so that what was read
  /// first does not win over what was read later.
  private synchronized void refresh() {
    var read = table.all().stream().map(FaultTable.Stored::rule).toList();
    var before = rules.rules();
    if (read.equals(before)) {
      return;
    }
    rules.replace(read);
    if (before.isEmpty()) {
      LOG.warn("the simulator fails on purpose; fault rules that hold: {}", read.size());
    } else if (read.isEmpty()) {
      LOG.info("no fault rules hold any more");
    }
  }
}
