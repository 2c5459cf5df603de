package io.belfry.datacenter.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.belfry.hypervisor.simulator.faults.FaultRule;
import io.belfry.hypervisor.simulator.faults.Ledger;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.store.ResultRow;
import io.belfry.store.Store;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/// Fault rules in the database, and their counters. Calls that a rule fits are numbered across all
/// servers; a rule that is gone strikes nothing, even where somebody still remembers it.
final class FaultTable implements Ledger {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Store store;
  private final Set<String> operations;

  /// @param operations the paths of the API's operations
  FaultTable(Store store, Set<String> operations) {
    this.store = store;
    this.operations = Set.copyOf(operations);
  }

  /// A rule and how often it was used.
  record Stored(FaultRule rule, Counts counts) {}

  /// All rules, in the order in which they were added.
  List<Stored> all() {
    return store.query(
        "SELECT id, rule, matched, struck FROM belfry.simulator_fault_rule ORDER BY position",
        List.of(),
        this::stored);
  }

  /// Adds a rule as the last.
  ///
  /// @throws io.belfry.problem.ProblemException if there are too many
  void add(FaultRule rule, int limit) {
    store.change(transaction -> {
      transaction.execute(
          "LOCK TABLE belfry.simulator_fault_rule IN SHARE ROW EXCLUSIVE MODE", List.of());
      var count =
          transaction
              .query(
                  "SELECT count(*) FROM belfry.simulator_fault_rule",
                  List.of(),
                  row -> row.longValue(1))
              .getFirst();
      if (count >= limit) {
        throw new Problem(
                ProblemCode.PRECONDITION,
                "There are %s fault rules, as many as there may be: remove one first"
                    .formatted(limit))
            .asException();
      }
      transaction.execute(
          "INSERT INTO belfry.simulator_fault_rule (id, rule) VALUES (?, ?::jsonb)",
          List.of(rule.id(), RuleJson.write(rule).toString()));
    });
  }

  /// Removes a rule.
  ///
  /// @return whether there was one
  boolean remove(String id) {
    return store.write(transaction ->
        transaction.execute("DELETE FROM belfry.simulator_fault_rule WHERE id = ?", List.of(id)))
        == 1;
  }

  /// Removes all rules.
  ///
  /// @return how many there were
  int removeAll() {
    return store.write(
        transaction -> transaction.execute("DELETE FROM belfry.simulator_fault_rule", List.of()));
  }

  @Override
  public OptionalLong count(FaultRule rule) {
    return store.write(transaction -> {
      var numbers =
          transaction.query(
              """
              UPDATE belfry.simulator_fault_rule
              SET matched = matched + 1
              WHERE id = ?
              RETURNING matched
              """,
              List.of(rule.id()),
              row -> row.longValue(1));
      if (numbers.isEmpty() || !rule.frequency().strikes(numbers.getFirst())) {
        return OptionalLong.empty();
      }
      transaction.execute(
          "UPDATE belfry.simulator_fault_rule SET struck = struck + 1 WHERE id = ?",
          List.of(rule.id()));
      return OptionalLong.of(numbers.getFirst());
    });
  }

  private Stored stored(ResultRow row) {
    try {
      var rule = RuleJson.stored(row.text(1), JSON.readTree(row.text(2)), operations);
      return new Stored(rule, new Counts(row.longValue(3), row.longValue(4)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a fault rule is no JSON: " + row.text(2), e);
    }
  }
}
