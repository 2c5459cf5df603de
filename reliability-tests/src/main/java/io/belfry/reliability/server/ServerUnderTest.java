package io.belfry.reliability.server;

import io.belfry.sdk.ApiClient;
import io.belfry.sdk.Configuration;
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
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A server with a data folder of its own that outlives any number of its processes.
///
/// Clients may be used by any thread; what befalls the server is for one thread to decide.
public final class ServerUnderTest implements AutoCloseable {
  private static final String PASSWORD = "of-the-reliability-tests";
  private static final Duration CALL_LIMIT = Duration.ofSeconds(60);
  private static final Duration START_LIMIT = Duration.ofMinutes(5);
  private static final Path LOGS = Path.of("target");
  private static final Path MEMORY = Path.of("/dev/shm");
  private static final long NEEDED_BYTES = 4L << 30;
  private static final Duration GLANCE = Duration.ofMillis(20);

  private final Path folder;
  private final Path log;
  private final List<String> options;
  private final DatabaseProcess database;
  private final AtomicReference<@Nullable ApiClient> client = new AtomicReference<>();
  private @Nullable ServerProcess process;
  private @Nullable String token;

  private ServerUnderTest(Path folder, List<String> options) {
    this.folder = folder;
    this.log = LOGS.resolve(folder.getFileName() + ".log").toAbsolutePath();
    this.options = options;
    this.database = new DatabaseProcess(folder);
  }

  /// Starts a server in a new folder.
  ///
  /// @param size of the simulated data centre, `30-vms`
  /// @param speed of the simulation, `brisk`
  public static ServerUnderTest start(String size, String speed) throws IOException {
    Files.createDirectories(LOGS);
    var folder = newFolder();
    var options = List.of("--simulate", size, "--speed", speed, "--root-password", PASSWORD);
    var server = new ServerUnderTest(folder, options);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(server::end));
    server.restart();
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

  /// What the server's processes have written; stays when all else is deleted.
  public Path log() {
    return log;
  }

  /// A client of the process that runs now, or ran last. Calls fail while none does.
  public ApiClient client() {
    var current = client.get();
    if (current == null) {
      throw new IllegalStateException("the server has never been ready");
    }
    return current;
  }

  // What befalls it

  /// Starts a process, unless there is one, and waits until it is ready.
  public void restart() throws IOException {
    if (process == null || !process.isAlive()) {
      spawn();
    }
    becomeReady();
  }

  /// Begins to start a process that has to be awaited by [#restart], or killed before.
  public void spawn() throws IOException {
    process = ServerProcess.spawn(folder, log, options);
  }

  private void becomeReady() throws IOException {
    var url = running().awaitReady(START_LIMIT);
    var configuration = Configuration.builder(url).timeout(CALL_LIMIT).build();
    if (token == null) {
      var first = ApiClient.of(configuration);
      token = login(first);
      client.set(first.withToken(token));
      return;
    }
    // the token of the first login must outlive everything
    var previous = client.getAndSet(ApiClient.of(configuration).withToken(token));
    if (previous != null) {
      Thread.ofVirtual().start(previous::close); // may wait for answers that are on their way
    }
  }

  private static String login(ApiClient client) {
    var answer =
        client.call(
            Operation.json("login").open(),
            Json.object("username", "root", "password", PASSWORD, "source", "LOCAL"));
    return answer.get("data").get("token").asText();
  }

  public void kill() {
    running().kill();
  }

  /// SIGTERM.
  ///
  /// @return whether it ended by itself in time
  public boolean terminate() throws InterruptedException {
    return running().terminate();
  }

  /// SIGSTOP for a while, then SIGCONT.
  public void pause(Duration length) throws IOException, InterruptedException {
    running().pause();
    Thread.sleep(length);
    running().proceed();
  }

  /// Kills PostgreSQL alone. The server lives on, and starts it again.
  public void killDatabase() throws IOException, InterruptedException {
    if (database.kill()) {
      database.awaitRevival();
    }
  }

  /// Kills both, the server first.
  public void killWithDatabase() throws IOException {
    var postmaster = database.running();
    running().kill();
    postmaster.ifPresent(ProcessHandle::destroyForcibly);
  }

  private ServerProcess running() {
    if (process == null) {
      throw new IllegalStateException("no process was started");
    }
    return process;
  }

  /// A connection to the database past the server. There may be none for a moment after a kill.
  public Connection database() throws IOException, InterruptedException {
    var end = System.nanoTime() + START_LIMIT.toNanos();
    while (true) {
      try {
        return database.connect();
      } catch (SQLException e) {
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
    var last = client.get();
    end();
    if (last != null) {
      last.close();
    }
  }

  /// By [#close], and again when this program ends, which may be earlier.
  private synchronized void end() {
    try {
      if (process != null && process.isAlive()) {
        process.proceed();
        process.kill();
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
