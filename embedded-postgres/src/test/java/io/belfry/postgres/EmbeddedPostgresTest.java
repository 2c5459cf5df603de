package io.belfry.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.belfry.problem.ProblemException;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
  private static final PostgresSettings SMALL =
      new PostgresSettings(16, 4, 64, 10, Duration.ofSeconds(60), Duration.ofSeconds(30));

  @TempDir Path directory;

  @Test
  void keepsDataOverARestart() throws Exception {
    try (var postgres = start()) {
      execute(postgres, "CREATE TABLE bell (name text)", "INSERT INTO bell VALUES ('Great Tom')");
    }

    try (var postgres = start()) {
      assertThat(text(postgres, "SELECT name FROM bell")).isEqualTo("Great Tom");
    }
  }

  @Test
  void stopsWhenClosed() throws Exception {
    var postgres = start();
    var process = ProcessHandle.of(postgres.pid()).orElseThrow();

    postgres.close();

    assertThat(process.isAlive()).isFalse();
    assertThat(postgres.isRunning()).isFalse();
  }

  @Test
  void keepsACommittedRowWhenItIsKilled() throws Exception {
    try (var postgres = start()) {
      execute(postgres, "CREATE TABLE bell (name text)", "INSERT INTO bell VALUES ('Great Tom')");
      kill(postgres);
    }

    try (var postgres = start()) {
      assertThat(text(postgres, "SELECT name FROM bell")).isEqualTo("Great Tom");
    }
  }

  @Test
  void writesThroughToTheDisk() throws Exception {
    try (var postgres = start()) {
      assertThat(text(postgres, "SHOW fsync")).isEqualTo("on");
      assertThat(text(postgres, "SHOW synchronous_commit")).isEqualTo("on");
      assertThat(text(postgres, "SHOW full_page_writes")).isEqualTo("on");
      assertThat(text(postgres, "SHOW data_checksums")).isEqualTo("on");
    }
  }

  @Test
  void listensOnLoopbackOnlyAndAsksForThePassword() throws Exception {
    try (var postgres = start()) {
      assertThat(text(postgres, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(text(postgres, "SHOW unix_socket_directories")).isEmpty();
      assertThatThrownBy(
              () -> DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), "guessed"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
    }
  }

  @Test
  void hashesOnceWhatNobodyCanGuessAndOftenWhatSomebodyMay() throws Exception {
    try (var postgres = start()) {
      execute(postgres, "CREATE ROLE ringer PASSWORD 'ding dong'");

      assertThat(verifier(postgres, postgres.user())).startsWith("SCRAM-SHA-256$1:");
      assertThat(verifier(postgres, "ringer")).startsWith("SCRAM-SHA-256$4096:");
    }
  }

  private static String verifier(EmbeddedPostgres postgres, String role) throws SQLException {
    return text(postgres, "SELECT rolpassword FROM pg_authid WHERE rolname = '%s'".formatted(role));
  }

  @Test
  void keepsThePasswordToItsUser() throws Exception {
    try (var _ = start()) {
      var permissions = Files.getPosixFilePermissions(directory.resolve("postgres.secret"));
      assertThat(PosixFilePermissions.toString(permissions)).isEqualTo("rw-------");
    }
  }

  @Test
  void ordersByCodePointAndFindsChineseByTrigram() throws Exception {
    try (var postgres = start()) {
      execute(postgres, "CREATE EXTENSION pg_trgm");
      assertThat(
              text(
                  postgres,
                  "SELECT string_agg(v, '' ORDER BY v) FROM unnest(array['b','B','a']) v"))
          .isEqualTo("Bab");
      assertThat(text(postgres, "SELECT array_length(show_trgm('虚拟机'), 1)")).isEqualTo("4");
    }
  }

  @Test
  void refusesASecondOneOnTheSameDirectory() {
    try (var _ = start()) {
      assertThatThrownBy(this::start)
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("in use by process " + ProcessHandle.current().pid());
    }
  }

  @Test
  void staysLockedForOthersWhenThisProcessTriesAgain() throws Exception {
    try (var _ = start()) {
      assertThatThrownBy(this::start).isInstanceOf(ProblemException.class);

      var other = startAndWait();

      assertThat(other.waitFor()).isEqualTo(1);
      assertThat(directory.resolve("parent.log"))
          .content()
          .contains("in use by process " + ProcessHandle.current().pid());
    }
  }

  @Test
  void makesADirectoryThatOthersCannotLookInto() throws Exception {
    var made = DataDirectory.at(directory.resolve("a/b")).root();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
        .isEqualTo("rwx------");
  }

  @Test
  void refusesADirectoryThatIsAFile() throws Exception {
    var file = Files.writeString(directory.resolve("file"), "");

    assertThatThrownBy(() -> EmbeddedPostgres.start(file, SMALL))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void goesOnWhenThePidFileNamesAnotherProgram() throws Exception {
    start().close();
    var pid = ProcessHandle.current().pid();
    Files.writeString(directory.resolve("postgres/postmaster.pid"), pid + "\n/elsewhere\n");

    try (var postgres = start()) {
      assertThat(text(postgres, "SELECT 'up'")).isEqualTo("up");
    }
  }

  @Test
  void stopsItsOwnOrphanFirst() throws Exception {
    var orphan = Postmaster.start(launch()); // nobody holds the lock, as if its Belfry had died

    try (var next = start()) {
      assertThat(orphan.isRunning()).isFalse();
      assertThat(text(next, "SELECT 'up'")).isEqualTo("up");
    }
  }

  @Test
  void startsAgainAtTheSameAddressWhenItIsKilled() throws Exception {
    try (var postgres = start()) {
      execute(postgres, "CREATE TABLE bell (name text)", "INSERT INTO bell VALUES ('Great Tom')");
      var url = postgres.jdbcUrl();
      var killed = postgres.pid();

      kill(postgres);

      awaitOther(postgres, killed);
      assertThat(postgres.jdbcUrl()).isEqualTo(url);
      assertThat(text(postgres, "SELECT name FROM bell")).isEqualTo("Great Tom");
    }
  }

  @Test
  void leavesNoProcessWhenItIsClosedWhileItStartsAgain() throws Exception {
    var postgres = start();
    kill(postgres);

    postgres.close();

    assertThat(postgres.isRunning()).isFalse();
    var file = PostmasterFile.read(directory.resolve("postgres"));
    assertThat(file.flatMap(found -> ProcessHandle.of(found.pid()))).isEmpty();
  }

  @Test
  void staysDownWhenItFailsAgainAndAgain() throws Exception {
    var twice = new RestartPolicy(2, Duration.ofMinutes(1), Duration.ofMillis(1), Duration.ZERO);
    try (var supervisor = Supervisor.start(launch(), twice)) {
      Files.writeString(directory.resolve("postgres/postgresql.conf"), "no_such_thing = 1\n");
      var process = ProcessHandle.of(supervisor.postmaster().pid()).orElseThrow();

      process.destroyForcibly();

      supervisor.awaitGivingUp();
      assertThat(supervisor.postmaster().isRunning()).isFalse();
      assertThat(Files.readString(directory.resolve("postgres.log"))).contains("no_such_thing");
    }
  }

  @Test
  void waitsLongerAfterEachFailure() {
    var policy =
        new RestartPolicy(9, Duration.ofMinutes(1), Duration.ofMillis(100), Duration.ofSeconds(1));

    assertThat(IntStream.rangeClosed(1, 6).mapToObj(policy::pause).map(Duration::toMillis))
        .containsExactly(100L, 200L, 400L, 800L, 1000L, 1000L);
    assertThat(policy.pause(1_000)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void isOutOfReachOfATerminal() throws Exception {
    try (var postgres = start()) {
      assertThat(session(postgres.pid()))
          .isEqualTo(postgres.pid())
          .isNotEqualTo(session(ProcessHandle.current().pid()));
    }
  }

  /// The session that a process belongs to: the sixth field, counted behind the name.
  private static long session(long pid) throws IOException {
    var status = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    return Long.parseLong(status.substring(status.lastIndexOf(')') + 2).split(" ")[3]);
  }

  @Test
  void refusesAPostgresThatSomebodyElseStarted() throws Exception {
    start().close();
    var cluster = Cluster.in(DataDirectory.at(directory), TestPostgres.programs(), RunAs.choose());
    var foreign = startByHand(cluster);
    try {
      assertThatThrownBy(this::start)
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("process " + foreign.pid())
          .hasMessageContaining("pg_ctl stop");
      assertThat(foreign.isAlive()).isTrue();
    } finally {
      Postmaster.interrupt(cluster, foreign.pid());
      foreign.waitFor();
    }
  }

  @Test
  void showsTheEndOfItsLogWhenItDoesNotStart() throws Exception {
    start().close();
    Files.writeString(directory.resolve("postgres/postgresql.conf"), "no_such_thing = 1\n");

    assertThatThrownBy(this::start)
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("postgres.log")
        .hasMessageContaining("no_such_thing");
  }

  @Test
  void saysWhenOthersMayReadTheCluster() throws Exception {
    start().close();
    Files.setPosixFilePermissions(
        directory.resolve("postgres"), PosixFilePermissions.fromString("rwxr-xr-x"));

    assertThatThrownBy(this::start)
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("invalid permissions");
  }

  @Test
  void startsAgainAfterACreationThatWasInterrupted() throws Exception {
    Files.createDirectories(directory.resolve("postgres.unfinished/base"));
    Files.writeString(directory.resolve("postgres.unfinished/PG_VERSION"), "17\n");

    try (var postgres = start()) {
      assertThat(text(postgres, "SELECT 'up'")).isEqualTo("up");
    }
  }

  @Test
  void refusesTheClusterOfAnotherVersion() throws Exception {
    Files.createDirectories(directory.resolve("postgres"));
    Files.writeString(directory.resolve("postgres/PG_VERSION"), "15\n");

    assertThatThrownBy(this::start)
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("made by PostgreSQL 15");
  }

  @Test
  void runsAsAnotherUserWhereRootMayNotMakeNamespaces() throws Exception {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root can be another user");
    var data = DataDirectory.at(directory);
    var nobody = new RunAs.OtherUser("nobody", 65534, 65534);

    try (var postgres =
        EmbeddedPostgres.start(
            data,
            PostgresPrograms.unpackedIn(data.root()),
            nobody,
            SMALL,
            Durability.KEEPS_COMMITS)) {
      assertThat(Files.getAttribute(Path.of("/proc/" + postgres.pid()), "unix:uid"))
          .isEqualTo(65534);
      assertThat(text(postgres, "SELECT 'up'")).isEqualTo("up");
    }
  }

  @Test
  void diesWithItsParent() throws Exception {
    var data = DataDirectory.at(directory);
    var parent = startAndWait();
    var postgres = awaitPostgres(data, parent);

    parent.destroyForcibly().waitFor();

    assertThat(postgres.onExit().get().isAlive()).isFalse();
    try (var next = start()) {
      assertThat(text(next, "SELECT 'up'")).isEqualTo("up");
    }
  }

  private Process startAndWait() throws IOException {
    return new Command(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                StartAndWait.class.getName(),
                directory.toString()))
        .start(Redirect.appendTo(directory.resolve("parent.log").toFile()));
  }

  /// A process to kill.
  static final class StartAndWait {
    private StartAndWait() {}

    public static void main(String[] arguments) throws Exception {
      EmbeddedPostgres.start(
          DataDirectory.at(Path.of(arguments[0])),
          TestPostgres.programs(),
          RunAs.choose(),
          SMALL,
          Durability.KEEPS_COMMITS);
      Thread.currentThread().join();
    }
  }

  private EmbeddedPostgres start() {
    return EmbeddedPostgres.start(
        DataDirectory.at(directory),
        TestPostgres.programs(),
        RunAs.choose(),
        SMALL,
        Durability.KEEPS_COMMITS);
  }

  private Launch launch() {
    var cluster = Cluster.in(DataDirectory.at(directory), TestPostgres.programs(), RunAs.choose());
    return new Launch(cluster, SMALL, Durability.KEEPS_COMMITS);
  }

  private static void awaitOther(EmbeddedPostgres postgres, long pid) {
    while (postgres.pid() == pid) {
      Thread.onSpinWait();
    }
  }

  private static void execute(EmbeddedPostgres postgres, String... statements) throws SQLException {
    try (var connection = connect(postgres);
        var statement = connection.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static String text(EmbeddedPostgres postgres, String query) throws SQLException {
    try (var connection = connect(postgres);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
    return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
  }

  private static void kill(EmbeddedPostgres postgres) throws Exception {
    var process = ProcessHandle.of(postgres.pid()).orElseThrow();
    process.destroyForcibly();
    process.onExit().get();
  }

  private static Process startByHand(Cluster cluster) throws IOException, InterruptedException {
    var process =
        cluster
            .command(
                List.of(),
                "postgres",
                List.of("-D", cluster.path().toString(), "-c", "listen_addresses="))
            .start(Redirect.DISCARD);
    while (PostmasterFile.read(cluster.path()).filter(PostmasterFile::isReady).isEmpty()) {
      assertThat(process.waitFor(Duration.ofMillis(5))).isFalse();
    }
    return process;
  }

  private static ProcessHandle awaitPostgres(DataDirectory data, Process parent)
      throws IOException, InterruptedException {
    for (var file = PostmasterFile.read(data.cluster());
        ;
        file = PostmasterFile.read(data.cluster())) {
      if (file.isPresent() && file.get().isReady()) {
        return ProcessHandle.of(file.get().pid()).orElseThrow();
      }
      assertThat(parent.waitFor(Duration.ofMillis(5))).isFalse();
    }
  }
}
