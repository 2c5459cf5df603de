package io.belfry.postgres;

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
/// Its data lives in memory (`/dev/shm`) where there is room, else below `target/`, and goes when
/// the JVM ends; it doesn't write through to the disk, which is allowed nowhere else. The programs
/// are unpacked once per user and version, into `~/.cache/belfry`, so that a module's tests don't
/// wait for that.
public final class TestPostgres {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final Map<String, TestDatabase> TEMPLATES = new ConcurrentHashMap<>();

  private TestPostgres() {}

  /// A database of its own, with nothing in it.
  public static TestDatabase freshDatabase() {
    return copy("template0");
  }

  /// A database of its own, with nothing in it, that sorts texts as people of a country expect.
  public static TestDatabase freshDatabaseSortedFor(String icuLocale) {
    return create(
        "TEMPLATE template0 LOCALE 'C' LOCALE_PROVIDER icu ICU_LOCALE '" + icuLocale + "'");
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
    return create("TEMPLATE " + template);
  }

  private static TestDatabase create(String options) {
    var postgres = OnePerJvm.POSTGRES;
    var name = "test_" + COUNT.incrementAndGet();
    execute("CREATE DATABASE %s %s".formatted(name, options));
    return new TestDatabase(name, postgres.jdbcUrl(name), postgres.user(), postgres.password());
  }

  /// Drops a database that nobody needs any more.
  static void drop(TestDatabase database) {
    execute("DROP DATABASE %s WITH (FORCE)".formatted(database.name()));
  }

  private static void execute(String sql) {
    var postgres = OnePerJvm.POSTGRES;
    try (var connection =
            DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException("failed: " + sql, e);
    }
  }

  /// Lets a server that unpacks PostgreSQL into its data folder find it there, which saves seconds.
  public static void bringProgramsTo(Path dataFolder) throws IOException {
    var shared = programs().home();
    Files.createSymbolicLink(dataFolder.resolve(shared.getFileName()), shared);
  }

  /// The programs that the tests of all modules share.
  static PostgresPrograms programs() {
    return PostgresPrograms.unpackedIn(ClusterCache.ofThisUser().folder());
  }

  private static final class OnePerJvm {
    private static final String PREFIX = "belfry-test-";
    private static final long MEMORY_NEEDED_BYTES = 4L << 30;

    static final EmbeddedPostgres POSTGRES = start();

    private static EmbeddedPostgres start() {
      try {
        var place = place();
        removeLeftovers(place);
        var directory = place.resolve(PREFIX + ProcessHandle.current().pid());
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

    private static Path place() throws IOException {
      var memory = Path.of("/dev/shm");
      return Files.isWritable(memory)
              && Files.getFileStore(memory).getUsableSpace() > MEMORY_NEEDED_BYTES
          ? memory
          : Files.createDirectories(Path.of("target"));
    }

    /// Deletes what test runs that were killed have left.
    private static void removeLeftovers(Path place) throws IOException {
      try (var all = Files.newDirectoryStream(place, PREFIX + "*")) {
        for (var directory : all) {
          var pid = directory.getFileName().toString().substring(PREFIX.length());
          if (ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
            Folders.delete(directory);
          }
        }
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
