package io.belfry.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterCacheTest {
  private static final PostgresSettings SMALL =
      new PostgresSettings(16, 4, 64, 10, Duration.ofSeconds(60), Duration.ofSeconds(30));

  private final AtomicInteger fillings = new AtomicInteger();

  @TempDir Path directory;
  private Path folder;
  private ClusterCache cache;

  @BeforeEach
  void bringPrograms() throws IOException {
    folder = Files.createDirectory(directory.resolve("cache"));
    cache = new ClusterCache(folder);
    TestPostgres.bringProgramsTo(folder);
  }

  @Test
  void fillsOnceAndCopiesFromThenOn() throws Exception {
    try (var postgres = start("first", "v1")) {
      assertThat(bell(postgres)).isEqualTo("Great Tom");
      execute(postgres, "UPDATE bell SET name = 'Little John'");
    }
    try (var postgres = start("second", "v1")) {
      assertThat(bell(postgres)).isEqualTo("Great Tom");
    }

    assertThat(fillings).hasValue(1);
  }

  @Test
  void fillsAgainForOtherContent() throws Exception {
    try (var first = start("first", "v1");
        var second = start("second", "v2")) {
      assertThat(bell(first)).isEqualTo("Great Tom");
      assertThat(bell(second)).isEqualTo("Great Tom");
    }

    assertThat(fillings).hasValue(2);
  }

  @Test
  void startsManyAtTheSameTime() throws Exception {
    List<Callable<String>> starts = List.of(() -> bellOfNew("a"), () -> bellOfNew("b"));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var bell : threads.invokeAll(starts)) {
        assertThat(bell.get()).isEqualTo("Great Tom");
      }
    }

    assertThat(names()).containsExactlyInAnyOrder("cluster-v1", "postgres-17.10");
  }

  private String bellOfNew(String name) throws SQLException {
    try (var postgres = start(name, "v1")) {
      return bell(postgres);
    }
  }

  @Test
  void keepsNothingOfAFillingThatFails() throws Exception {
    var broken =
        new Filling(
            "v1",
            _ -> {
              throw new IllegalStateException("no more ink");
            },
            null);

    assertThatThrownBy(
            () -> EmbeddedPostgres.startEphemeral(data("first"), SMALL, broken, cache).close())
        .hasMessage("no more ink");

    assertThat(names()).containsExactly("postgres-17.10");
    try (var postgres = start("first", "v1")) {
      assertThat(bell(postgres)).isEqualTo("Great Tom");
    }
  }

  @Test
  void keepsThoseThatWereUsedLast() throws Exception {
    for (var day = 1; day <= 6; day++) {
      lastUsed(Files.createDirectory(folder.resolve("cluster-of-day-" + day)), day);
    }
    start("first", "v1").close();
    assertThat(names())
        .contains("cluster-v1", "cluster-of-day-2")
        .doesNotContain("cluster-of-day-1");
    lastUsed(folder.resolve("cluster-v1"), 0);

    start("second", "v1").close();
    start("third", "v2").close();

    assertThat(names())
        .containsExactlyInAnyOrder(
            "cluster-of-day-3",
            "cluster-of-day-4",
            "cluster-of-day-5",
            "cluster-of-day-6",
            "cluster-v1",
            "cluster-v2",
            "postgres-17.10");
  }

  private static void lastUsed(Path cluster, int day) throws IOException {
    var moment = Instant.parse("2020-01-01T00:00:00Z").plus(Duration.ofDays(day));
    Files.setLastModifiedTime(cluster, FileTime.from(moment));
  }

  /// What there may be in addition takes time as well, which pays only from the third start on.
  @Test
  void keepsMoreFromTheSecondStartOn() throws Exception {
    try (var postgres = startWithMore("first")) {
      assertThat(bell(postgres)).isEqualTo("Great Tom");
    }
    assertThat(names()).containsExactlyInAnyOrder("cluster-v1", "postgres-17.10");

    for (var data : List.of("second", "third")) {
      try (var postgres = startWithMore(data)) {
        assertThat(bell(postgres)).isEqualTo("Old Kate");
      }
    }

    assertThat(names())
        .containsExactlyInAnyOrder("cluster-v1", "cluster-v1-more", "postgres-17.10");
    assertThat(fillings).hasValue(2);
  }

  /// Such as on a full disk: there is enough to start with.
  @Test
  void doesWithoutMoreThatCannotBeMade() throws Exception {
    start("first", "v1").close();
    var broken =
        new Filling(
            "more",
            _ -> {
              throw new IllegalStateException("no more ink");
            },
            null);

    try (var postgres = start("second", "v1", broken)) {
      assertThat(bell(postgres)).isEqualTo("Great Tom");
    }

    assertThat(names()).containsExactlyInAnyOrder("cluster-v1", "postgres-17.10");
  }

  private EmbeddedPostgres startWithMore(String data) {
    var more =
        new Filling(
            "more",
            postgres -> {
              fillings.incrementAndGet();
              execute(postgres, "UPDATE bell SET name = 'Old Kate'");
            },
            null);
    return start(data, "v1", more);
  }

  @Test
  void fillsEachTimeWhatHasNoName() throws Exception {
    for (var name : List.of("first", "second")) {
      TestPostgres.bringProgramsTo(data(name).root());
      start(name, null).close();
    }

    assertThat(fillings).hasValue(2);
  }

  @Test
  void isDoneWithoutWhereItCannotBe() throws Exception {
    var file = Files.writeString(directory.resolve("file"), "");
    cache = new ClusterCache(file);
    TestPostgres.bringProgramsTo(data("first").root());

    try (var postgres = start("first", "v1")) {
      assertThat(bell(postgres)).isEqualTo("Great Tom");
    }
  }

  private EmbeddedPostgres start(String data, @Nullable String name) {
    return start(data, name, null);
  }

  private EmbeddedPostgres start(String data, @Nullable String name, @Nullable Filling more) {
    var bells =
        new Filling(
            name,
            postgres -> {
              fillings.incrementAndGet();
              execute(postgres, "CREATE TABLE bell (name text)");
              execute(postgres, "INSERT INTO bell VALUES ('Great Tom')");
            },
            more);
    return EmbeddedPostgres.startEphemeral(data(data), SMALL, bells, cache);
  }

  private DataDirectory data(String name) {
    return DataDirectory.at(directory.resolve(name));
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static void execute(EmbeddedPostgres postgres, String sql) {
    try (var connection =
            DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private static String bell(EmbeddedPostgres postgres) throws SQLException {
    try (var connection =
            DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
        var rows = connection.createStatement().executeQuery("SELECT name FROM bell")) {
      rows.next();
      return rows.getString(1);
    }
  }
}
