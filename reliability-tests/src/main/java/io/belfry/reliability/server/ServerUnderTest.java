package io.belfry.reliability.server;

import io.belfry.reliability.server.ServerProcess.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.Json;
import io.belfry.sdk.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A server, or several *replicas* on one database, with a data folder that outlives any number of
/// their processes. One server alone starts its PostgreSQL and keeps it running; for replicas, that
/// is done here.
///
/// Clients may be used by any thread; what befalls the servers is for one thread to decide.
public final class ServerUnderTest implements AutoCloseable {
  private static final String PASSWORD = "of-the-reliability-tests";
  private static final Duration CONNECT_LIMIT = Duration.ofMinutes(5);
  private static final Path LOGS = Path.of("target");
  private static final Path MEMORY = Path.of("/dev/shm");
  private static final long NEEDED_BYTES = 4L << 30;
  private static final Duration GLANCE = Duration.ofMillis(20);

  private final Path folder;
  private final Path log;
  private final Program program;
  private final DatabaseProcess database;
  private final List<Replica> replicas = new ArrayList<>();
  private @Nullable String token;

  private ServerUnderTest(Path folder, Program program) {
    this.folder = folder;
    this.log = LOGS.resolve(folder.getFileName() + ".log").toAbsolutePath();
    this.program = program;
    this.database = new DatabaseProcess(folder);
  }

  /// Starts one server in a new folder.
  ///
  /// @param size of the simulated data centre, `30-vms`
  /// @param speed of the simulation, `brisk`
  public static ServerUnderTest start(String size, String speed)
      throws IOException, InterruptedException {
    return start(size, speed, 1);
  }

  /// Starts as many servers on one database in a new folder.
  public static ServerUnderTest start(String size, String speed, int replicas)
      throws IOException, InterruptedException {
    Files.createDirectories(LOGS);
    var server = new ServerUnderTest(newFolder(), Program.prepared());
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(server::end));
    var options = List.of("--simulate", size, "--speed", speed, "--root-password", PASSWORD);
    server.replicas.add(server.replica("", options));
    server.restart();
    if (replicas > 1) {
      server.multiply(replicas, options);
    }
    return server;
  }

  /// In memory where the system offers that: a process that is killed loses nothing that it has
  /// written, and recovery after a crash, which syncs every file, is faster there than on a disk.
  private static Path newFolder() throws IOException {
    var roomy =
        Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() > NEEDED_BYTES;
    return roomy
        ? Files.createTempDirectory(MEMORY, "belfry-reliability")
        : Files.createTempDirectory("belfry-reliability");
  }

  private Replica replica(String place, List<String> options) {
    var all = new ArrayList<>(List.of("--data-dir", folder.resolve(place).toString()));
    all.addAll(options);
    return new Replica(program, log, List.copyOf(all));
  }

  /// Leaves the first server's database to several others.
  private void multiply(int count, List<String> options) throws IOException, InterruptedException {
    var location = new ArrayList<>(List.of("--database", database.adopt()));
    location.addAll(List.of("--database-user", DatabaseProcess.USER));
    location.addAll(List.of("--database-password-file", database.secret().toString()));
    location.addAll(options);
    var first = replicas.removeFirst();
    first.running().terminate();
    first.closeClient();
    for (var i = 0; i < count; i++) {
      replicas.add(replica("replica-" + i, location));
    }
    restart();
  }

  /// What the servers' processes have written; stays when all else is deleted.
  public Path log() {
    return log;
  }

  public int replicas() {
    return replicas.size();
  }

  /// A client of the process that runs now, or ran last. Calls fail while none does.
  public ApiClient client() {
    return client(0);
  }

  /// The same, of one of several servers.
  ///
  /// @param turn any number; the next one gives another server, if there is one
  public ApiClient client(int turn) {
    return replicas.get(Math.floorMod(turn, replicas.size())).client();
  }

  // What befalls them

  /// Starts all that do not run, and waits until they are ready.
  public void restart() throws IOException, InterruptedException {
    if (database.isAdopted()) {
      database.start(log);
    }
    for (var replica : replicas) {
      replica.spawn();
    }
    for (var replica : replicas) {
      replica.awaitReady(this::authorized);
    }
  }

  private ApiClient authorized(ApiClient client) {
    if (token == null) {
      var answer =
          client.call(
              Operation.json("login").open(),
              Json.object("username", "root", "password", PASSWORD, "source", "LOCAL"));
      token = answer.get("data").get("token").asText();
    }
    return client.withToken(token);
  }

  /// Begins to start a server that has to be awaited by [#restart], or killed before.
  public void spawn(int replica) throws IOException {
    replicas.get(replica).spawn();
  }

  /// Kills all servers.
  public void kill() {
    replicas.forEach(replica -> replica.running().kill());
  }

  public void kill(int replica) {
    replicas.get(replica).running().kill();
  }

  /// SIGTERM.
  ///
  /// @return whether it ended by itself in time
  public boolean terminate(int replica) throws InterruptedException {
    return replicas.get(replica).running().terminate();
  }

  /// SIGTERM, and `kill -9` if it has not ended by then.
  public void terminate(int replica, Duration patience) throws InterruptedException {
    replicas.get(replica).running().terminate(patience);
  }

  /// SIGSTOP for a while, then SIGCONT.
  public void pause(int replica, Duration length) throws IOException, InterruptedException {
    var process = replicas.get(replica).running();
    process.pause();
    Thread.sleep(length);
    process.proceed();
  }

  /// Kills PostgreSQL alone, and waits until it is back. The servers live on.
  public void killDatabase() throws IOException, InterruptedException {
    if (!database.kill()) {
      return;
    }
    if (database.isAdopted()) {
      database.start(log);
    } else {
      database.awaitRevival();
    }
  }

  /// Kills everything, the servers first.
  public void killWithDatabase() {
    var postmaster = database.running();
    kill();
    postmaster.ifPresent(ProcessHandle::destroyForcibly);
    if (database.isAdopted()) {
      postmaster.ifPresent(process -> process.onExit().join());
    }
  }

  /// A connection to the database past the servers. There may be none for a moment after a kill.
  public Connection database() throws IOException, InterruptedException {
    var end = System.nanoTime() + CONNECT_LIMIT.toNanos();
    while (true) {
      try {
        return database.connect();
      } catch (SQLException | IOException e) {
        if (System.nanoTime() > end) {
          throw new IOException("no connection to the database", e);
        }
        Thread.sleep(GLANCE);
      }
    }
  }

  // The end

  /// Ends every process and deletes the folder.
  @Override
  public void close() {
    end();
    replicas.forEach(Replica::closeClient);
  }

  /// By [#close], and again when this program ends, which may be earlier.
  private synchronized void end() {
    try {
      for (var replica : replicas) {
        replica.end();
      }
      database.kill();
      delete();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void delete() throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    var paths = new ArrayList<Path>();
    try (var found = Files.walk(folder)) {
      found.sorted(Comparator.reverseOrder()).forEach(paths::add);
    }
    for (var path : paths) {
      Files.deleteIfExists(path);
    }
  }
}
