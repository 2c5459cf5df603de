package io.belfry.store;

import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.problem.ProblemException;
import io.belfry.query.layout.Layout;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs work in transactions. Thread-safe; each call takes one connection for as long as it runs.
public final class Store {
  private static final Logger LOG = LoggerFactory.getLogger(Store.class);
  private static final int ATTEMPTS = 5;

  /// Serialization failure, deadlock, and a reference to what somebody has just deleted: PostgreSQL
  /// undid the transaction, and the same work may succeed, or see what is gone and say so.
  private static final Set<String> TRANSIENT = Set.of("40001", "40P01", "23503");

  private static final Set<String> FULL = Set.of("53100", "53200");

  private final DataSource database;
  private final Layout layout;
  private final Runnable changed;

  public Store(DataSource database, Layout layout) {
    this(database, layout, () -> {});
  }

  /// @param changed called after each transaction that changed something; must return soon
  public Store(DataSource database, Layout layout, Runnable changed) {
    this.database = database;
    this.layout = layout;
    this.changed = changed;
  }

  public Layout layout() {
    return layout;
  }

  /// Runs work in a transaction and commits it; nothing stays if the work throws.
  ///
  /// The work may run more than once, after a deadlock for instance: it must touch nothing but the
  /// transaction.
  ///
  /// @throws ProblemException what the work throws, or that the database is unavailable
  public <T> T write(Function<Transaction, T> work) {
    for (var attempt = 1; ; attempt++) {
      try {
        return once(work);
      } catch (StoreException e) {
        if (attempt == ATTEMPTS || !TRANSIENT.contains(e.sqlState())) {
          throw asProblem(e);
        }
      }
    }
  }

  /// As [#write], for work that has nothing to tell.
  public void change(Consumer<Transaction> work) {
    write(transaction -> {
      work.accept(transaction);
      return true;
    });
  }

  /// Runs work that only reads; it sees one state of the database.
  ///
  /// @throws ProblemException what the work throws, or that the database is unavailable
  public <T> T read(Function<Transaction, T> work) {
    try (var connection = database.getConnection()) {
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      try {
        return work.apply(new Transaction(connection, layout).seeingOneState());
      } finally {
        connection.rollback();
      }
    } catch (SQLException e) {
      throw asProblem(new StoreException(e));
    } catch (StoreException e) {
      throw asProblem(e);
    }
  }

  /// Asks one question and maps each row of the answer: one journey to the database, where [#read]
  /// takes one more. A statement sees one state of the database by itself.
  ///
  /// @param sql reads only
  /// @param parameters as those of [Transaction#execute]
  /// @throws ProblemException that the database is unavailable
  public <T> List<T> query(String sql, List<?> parameters, Function<ResultRow, T> mapper) {
    try (var connection = database.getConnection()) {
      return new Transaction(connection, layout).query(sql, parameters, mapper);
    } catch (SQLException e) {
      throw asProblem(new StoreException(e));
    } catch (StoreException e) {
      throw asProblem(e);
    }
  }

  private <T> T once(Function<Transaction, T> work) {
    try (var connection = database.getConnection()) {
      connection.setAutoCommit(false);
      var transaction = new Transaction(connection, layout);
      var done = false;
      try {
        var result = work.apply(transaction);
        transaction.settle();
        commit(connection);
        done = true;
        if (transaction.hasChanged()) {
          changed.run();
        }
        transaction.committed();
        return result;
      } finally {
        if (!done) {
          rollBack(connection);
        }
      }
    } catch (SQLException e) {
      throw new StoreException(e);
    }
  }

  /// A connection that ends while it commits leaves open whether it did.
  private static void commit(Connection connection) throws SQLException {
    try {
      connection.commit();
    } catch (SQLException e) {
      if (new StoreException(e).isConnectionFailure()) {
        throw new ProblemException(
            new Problem(
                ProblemCode.OUTCOME_UNKNOWN,
                "The database went away before it confirmed the change: it is made or it isn't."
                    + " Look before you repeat it."),
            e);
      }
      throw e;
    }
  }

  /// A connection that broke has nothing to roll back, and what broke it is being thrown.
  private static void rollBack(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      LOG.debug("no rollback: {}", e.getMessage());
    }
  }

  private static RuntimeException asProblem(StoreException e) {
    if (FULL.contains(e.sqlState())) {
      return new ProblemException(
          new Problem(
              ProblemCode.STORAGE_FULL,
              "The database has no space left, so nothing was changed. Free space and try again."),
          e);
    }
    if (e.isConnectionFailure()) {
      return new ProblemException(
          new Problem(
              ProblemCode.DATABASE_UNAVAILABLE,
              "The database can't be reached, so nothing was changed. Try again in a moment."),
          e);
    }
    return e;
  }
}
