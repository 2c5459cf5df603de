package io.belfry.datacenter;

import com.zaxxer.hikari.HikariDataSource;
import io.belfry.hypervisor.simulator.Faults;
import io.belfry.hypervisor.simulator.SimulatedHypervisor;
import io.belfry.hypervisor.simulator.SimulatedTime;
import io.belfry.hypervisor.simulator.SimulationSpeed;
import io.belfry.hypervisor.simulator.Waiting;
import io.belfry.hypervisor.simulator.WorldLog;
import io.belfry.postgres.TestDatabase;
import io.belfry.store.ResultRow;
import io.belfry.store.Store;
import io.belfry.store.database.TestTables;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;

/// A database of its own, with or without a simulated data centre in it.
record TestDatacenter(TestDatabase database, HikariDataSource pool, Store store)
    implements AutoCloseable {
  static final long SEED = 7;
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-24T08:00:00Z"), ZoneOffset.UTC);

  /// With all tables, and nothing in them.
  static TestDatacenter empty() {
    return of(TestTables.freshDatabase());
  }

  /// The small one, made once and copied each time.
  static TestDatacenter small() {
    return of(
        TestTables.freshDatabase(
            "small datacenter",
            tables ->
                SimulatedDatacenter.load(
                    new Store(tables, TestTables.LAYOUT), SimulationSize.SMALL, SEED, CLOCK)));
  }

  static TestDatacenter loaded(SimulationSize size, long seed) {
    var datacenter = empty();
    SimulatedDatacenter.load(datacenter.store, size, seed, CLOCK);
    return datacenter;
  }

  private static TestDatacenter of(TestDatabase database) {
    var pool = new HikariDataSource();
    pool.setDataSource(database.dataSource());
    pool.setMaximumPoolSize(2);
    return new TestDatacenter(database, pool, new Store(pool, TestTables.LAYOUT));
  }

  /// A simulator that knows of nothing yet, and in which nothing takes time.
  static SimulatedHypervisor newSimulator() {
    var time = new SimulatedTime(CLOCK, Waiting.SLEEPING, SimulationSpeed.INSTANT);
    return new SimulatedHypervisor(SEED, time, Faults.NONE);
  }

  /// A simulator that knows what the rows say.
  SimulatedHypervisor simulator() {
    var simulator = newSimulator();
    SimulatedDatacenter.restore(store, simulator);
    return simulator;
  }

  /// A simulator that plays what is stored, with others.
  static SimulatedHypervisor simulator(WorldLog stored) {
    var time = new SimulatedTime(CLOCK, Waiting.SLEEPING, SimulationSpeed.INSTANT);
    return new SimulatedHypervisor(SEED, time, Faults.NONE, stored);
  }

  <T> List<T> query(String sql, Function<ResultRow, T> mapper) {
    return store.read(transaction -> transaction.query(sql, List.of(), mapper));
  }

  List<String> texts(String sql) {
    return query(sql, row -> row.text(1));
  }

  long number(String sql) {
    return query(sql, row -> row.longValue(1)).getFirst();
  }

  void execute(String sql) {
    store.change(transaction -> transaction.execute(sql, List.of()));
  }

  @Override
  public void close() {
    pool.close();
    database.close();
  }
}
