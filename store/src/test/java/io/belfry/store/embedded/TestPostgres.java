package io.belfry.store.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A real PostgreSQL for tests: one per JVM, started on first use, and any number of fresh
/// databases in it, each within milliseconds.
///
/// Its data lives below `target/` and goes when the JVM ends; it doesn't write through to the disk,
/// which is allowed nowhere else. The programs are unpacked once per user and version, into
/// `~/.cache/belfry`, so that a module's tests don't wait for that.
public final class TestPostgres {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final Map<String, TestDatabase> TEMPLATES = new ConcurrentHashMap<>();

  private TestPostgres() {}

  /// A database of its own, with nothing in it.
  public static TestDatabase freshDatabase() {
    return copy("template0");
  }

  /// A database of its own, as `preparation` leaves it. The preparation runs once per name and JVM;
  /// it must close its connections.
  public static TestDatabase freshDatabase(String name, Preparation preparation) {
    var template = TEMPLATES.computeIfAbsent(name, _ -> prepared(preparation));
    return copy(template.name());
  }

  /// Fills an empty database.
  public interface Preparation {
    void prepare(TestDatabase empty) throws Exception;
  }

  private static TestDatabase prepared(Preparation preparation) {
    var database = freshDatabase();
    try {
      preparation.prepare(database);
      return database;
    } catch (Exception e) {
      throw new IllegalStateException("the test database can't be prepared", e);
    }
  }

  private static TestDatabase copy(String template) {
    var postgres = OnePerJvm.POSTGRES;
    var name = "test_" + COUNT.incrementAndGet();
    try (var connection =
            DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE %s TEMPLATE %s".formatted(name, template));
    } catch (SQLException e) {
      throw new IllegalStateException("no copy of database " + template, e);
    }
    return new TestDatabase(name, postgres.jdbcUrl(name), postgres.user(), postgres.password());
  }

  /// The programs that the tests of all modules share.
  static PostgresPrograms programs() {
    var cache = System.getenv("XDG_CACHE_HOME");
    var root = cache == null ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
    return PostgresPrograms.unpackedIn(root.resolve("belfry"));
  }

  private static final class OnePerJvm {
    static final EmbeddedPostgres POSTGRES = start();

    private static EmbeddedPostgres start() {
      try {
        var target = Files.createDirectories(Path.of("target"));
        var directory = Files.createTempDirectory(target, "postgres-");
        var postgres =
            EmbeddedPostgres.start(
                DataDirectory.at(directory),
                programs(),
                RunAs.choose(),
                PostgresSettings.DEFAULT,
                Durability.LOSES_COMMITS);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(postgres, directory)));
        return postgres;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void remove(EmbeddedPostgres postgres, Path directory) {
      try {
        postgres.close();
        Folders.delete(directory);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
