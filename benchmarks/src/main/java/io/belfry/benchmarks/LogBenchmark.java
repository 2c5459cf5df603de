package io.belfry.benchmarks;

import io.belfry.benchmarks.Benchmarks.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// What the revision log costs a transaction that updates one VM: with its triggers, and without.
final class LogBenchmark implements Benchmarks.Benchmark {
  private static final int CLIENTS = 2;

  @Override
  public List<Result> run() throws Exception {
    var directory = ServerProcess.temporaryDirectory();
    try (var _ = ServerProcess.start(directory)) {
      var logged = transactions(directory, "on");
      var bare = transactions(directory, "off");
      return List.of(
          new Result("update of one VM, logged", "transactions/s", logged, "not logged", bare));
    }
  }

  private static double transactions(Path directory, String log) throws Exception {
    var connections = new ArrayList<Connection>();
    try {
      for (var i = 0; i < CLIENTS; i++) {
        connections.add(connect(directory, log));
      }
      var ids = ids(connections.getFirst());
      var next = new AtomicInteger();
      return Load.perSecond(
          CLIENTS,
          () -> {
            var number = next.getAndIncrement();
            var connection = connections.get(number % CLIENTS);
            synchronized (connection) {
              update(connection, ids.get(number % ids.size()), number);
            }
            return number;
          });
    } finally {
      for (var connection : connections) {
        connection.close();
      }
    }
  }

  private static Connection connect(Path directory, String log) throws IOException, SQLException {
    var port = Files.readAllLines(directory.resolve("postgres/postmaster.pid")).get(3).strip();
    var password = Files.readString(directory.resolve("postgres.secret")).strip();
    var connection =
        DriverManager.getConnection(
            "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "belfry", password);
    connection.createStatement().execute("SET belfry.log = '" + log + "'");
    connection.setAutoCommit(false);
    return connection;
  }

  private static List<String> ids(Connection connection) throws SQLException {
    var ids = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT id FROM tower.vm ORDER BY id")) {
      while (rows.next()) {
        ids.add(rows.getString(1));
      }
    }
    connection.commit();
    return ids;
  }

  private static void update(Connection connection, String id, int number) throws SQLException {
    try (var statement =
        connection.prepareStatement("UPDATE tower.vm SET description = ? WHERE id = ?")) {
      statement.setString(1, "benchmark " + number);
      statement.setString(2, id);
      statement.executeUpdate();
    }
    connection.commit();
  }
}
