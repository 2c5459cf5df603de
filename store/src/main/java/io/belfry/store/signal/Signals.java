package io.belfry.store.signal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Signals between all servers on a database. A signal reaches this process at once and the others,
/// through PostgreSQL's notifications, within some milliseconds; or not at all, when a connection
/// is down. Thread-safe.
///
/// Other processes are told in a transaction of their own, many signals at a time: a notification
/// inside the transactions that cause it would make their commits wait for each other.
public final class Signals implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Signals.class);
  private static final String CHANNEL = "belfry";
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration REST = Duration.ofMillis(10);
  private static final int LISTEN_MILLIS = 1_000;

  private final Connector connector;
  private final String sender;
  private final Map<Topic, List<Runnable>> receivers = new ConcurrentHashMap<>();
  private final Set<Topic> pending = EnumSet.noneOf(Topic.class);
  private final Semaphore unsent = new Semaphore(0);
  private final List<Thread> threads;
  private volatile boolean closed;

  private Signals(Connector connector, String sender) {
    this.connector = connector;
    this.sender = sender;
    this.threads =
        List.of(
            Thread.ofVirtual().name("signals-out").unstarted(() -> keepTrying(this::send)),
            Thread.ofVirtual().name("signals-in").unstarted(() -> keepTrying(this::listen)));
  }

  /// Opens connections that stay open.
  @FunctionalInterface
  public interface Connector {
    Connection connect() throws SQLException;
  }

  /// Signals that work; [#close] ends them.
  ///
  /// @param sender names this process, unlike any other on the database
  public static Signals start(Connector connector, String sender) {
    var signals = new Signals(connector, sender);
    signals.threads.forEach(Thread::start);
    return signals;
  }

  /// Calls somebody at each signal; it must return soon and not throw.
  public void on(Topic topic, Runnable receiver) {
    receivers.computeIfAbsent(topic, _ -> new CopyOnWriteArrayList<>()).add(receiver);
  }

  /// Tells everybody that there is news. Returns at once.
  public void raise(Topic topic) {
    deliver(topic);
    synchronized (pending) {
      if (pending.add(topic)) {
        unsent.release();
      }
    }
  }

  private void deliver(Topic topic) {
    receivers.getOrDefault(topic, List.of()).forEach(Runnable::run);
  }

  private interface Work {
    void with(Connection connection) throws SQLException, InterruptedException;
  }

  private void keepTrying(Work work) {
    try {
      while (!closed) {
        try (var connection = connector.connect()) {
          work.with(connection);
        } catch (SQLException e) {
          LOG.debug("other servers can't be told or heard: {}", e.getMessage());
          Thread.sleep(PAUSE);
        }
      }
    } catch (InterruptedException _) {
      // closed
    }
  }

  private void send(Connection connection) throws SQLException, InterruptedException {
    execute(connection, "SET synchronous_commit = off"); // nothing is lost with a signal
    try (var notify = connection.prepareStatement("SELECT pg_notify(?, ?)")) {
      while (!closed) {
        unsent.acquire();
        for (var topic : taken()) {
          notify.setString(1, CHANNEL);
          notify.setString(2, sender + " " + topic);
          notify.execute();
        }
        Thread.sleep(REST);
      }
    }
  }

  private Set<Topic> taken() {
    synchronized (pending) {
      unsent.drainPermits();
      var topics = Set.copyOf(pending);
      pending.clear();
      return topics;
    }
  }

  private void listen(Connection connection) throws SQLException {
    execute(connection, "LISTEN " + CHANNEL);
    for (var topic : Topic.values()) {
      deliver(topic); // what was said before is lost
    }
    var notifications = connection.unwrap(PGConnection.class);
    while (!closed) {
      for (var notification : notifications.getNotifications(LISTEN_MILLIS)) {
        receive(notification.getParameter());
      }
    }
  }

  private void receive(String message) {
    for (var topic : Topic.values()) {
      if (message.endsWith(" " + topic) && !message.startsWith(sender + " ")) {
        deliver(topic);
      }
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    closed = true;
    threads.forEach(Thread::interrupt);
    try {
      for (var thread : threads) {
        thread.join();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
