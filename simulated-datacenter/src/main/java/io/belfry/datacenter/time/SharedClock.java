package io.belfry.datacenter.time;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.belfry.datacenter.faults.Given;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.store.Store;
import io.belfry.store.Transaction;
import io.belfry.store.job.RecurringJob;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the clocks of all servers that share a database together: how far they are ahead of the
/// real time is kept there. What is put forward here is so here at once, and elsewhere within half
/// a second. Thread-safe.
public final class SharedClock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SharedClock.class);
  private static final Duration INTERVAL = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofDays(3_650);
  private static final String PASS_MS = "pass_ms";

  private final Store store;
  private final SimulatedClock clock;
  private @Nullable RecurringJob refreshing;

  private SharedClock(Store store, SimulatedClock clock) {
    this.store = store;
    this.clock = clock;
  }

  /// Keeps this clock fresh until [#close].
  public static SharedClock start(Store store, SimulatedClock clock) {
    var shared = new SharedClock(store, clock);
    shared.refresh();
    shared.refreshing = RecurringJob.start("simulated clock", INTERVAL, shared::refresh);
    return shared;
  }

  /// What time it is, and how far that is ahead of the real time.
  public JsonNode show() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("now", clock.instant().toString())
        .put("ahead_ms", clock.ahead().toMillis());
  }

  /// Lets time pass in no time.
  ///
  /// @param body `{"pass_ms": 86400000}`
  /// @return what time it is then
  /// @throws io.belfry.problem.ProblemException if that isn't forward, or ten years ahead of the
  ///   real time
  public JsonNode pass(JsonNode body) {
    var given = new Given("body", body);
    given.requireKeys(List.of(PASS_MS));
    var millis = given.requiredWhole(PASS_MS, 1, LONGEST.toMillis());
    store.change(transaction -> putForward(transaction, millis));
    refresh();
    return show();
  }

  private static void putForward(Transaction transaction, long millis) {
    var ahead =
        transaction
            .query(
                """
                INSERT INTO belfry.setting AS setting (key, value)
                VALUES ('simulated_clock_ahead_ms', to_jsonb(?::bigint))
                ON CONFLICT (key) DO UPDATE
                SET value = to_jsonb(setting.value::bigint + excluded.value::bigint)
                RETURNING value::bigint
                """,
                List.of(millis),
                row -> row.longValue(1))
            .getFirst();
    if (ahead > LONGEST.toMillis()) {
      throw new Problem(
              ProblemCode.OUT_OF_RANGE,
              "The clock can't be put forward by %s ms: it would be %s ms ahead of the real time, and may be %s"
                  .formatted(millis, ahead, LONGEST.toMillis()),
              Map.of("field", PASS_MS))
          .asException();
    }
  }

  /// Lets it be the real time again as soon as the transaction is committed.
  public void goBack(Transaction transaction) {
    transaction.executeSoon(
        "DELETE FROM belfry.setting WHERE key = 'simulated_clock_ahead_ms'", List.of());
    transaction.afterCommit(() -> set(Duration.ZERO));
  }

  /// Does here what was done elsewhere. While the database is away, the clock goes on as it does.
  /// Synchronized, so that what was read first does not win over what was read later.
  private synchronized void refresh() {
    set(read());
  }

  private synchronized void set(Duration ahead) {
    if (ahead.equals(clock.ahead())) {
      return;
    }
    clock.setAhead(ahead);
    if (ahead.isZero()) {
      LOG.info("The simulated data centre has the real time again");
    } else {
      LOG.warn("It is {} in the simulated data centre, {} ahead", clock.instant(), ahead);
    }
  }

  private Duration read() {
    return store
        .query(
            "SELECT value::bigint FROM belfry.setting WHERE key = 'simulated_clock_ahead_ms'",
            List.of(),
            row -> Duration.ofMillis(row.longValue(1)))
        .stream()
        .findFirst()
        .orElse(Duration.ZERO);
  }

  @Override
  public void close() {
    if (refreshing != null) {
      refreshing.close();
    }
  }
}
