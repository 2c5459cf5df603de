package io.belfry.postgres;

import io.belfry.problem.ProblemException;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/// The process that is PostgreSQL: started, watched until it is ready, and stopped.
///
/// The kernel ends it (`setpriv --pdeathsig`) when the *thread* that started it ends, so a thread
/// of its own starts it and stays until it has ended. That way it dies with our process, even when
/// that is killed.
final class Postmaster {
  /// Marks the command lines of the processes that we start.
  static final String MARK = "cluster_name=belfry";

  /// A session of its own keeps a terminal's Ctrl-C away, which is for us to handle.
  private static final List<String> PROLOGUE =
      List.of("setsid", "setpriv", "--pdeathsig", "INT", "--");

  private static final int ATTEMPTS = 3;
  private static final Duration SIGNAL_LIMIT = Duration.ofSeconds(10);
  private static final int GLANCE_MILLIS = 5;

  private final Cluster cluster;
  private final Process process;
  private final int port;
  private final Duration stopLimit;

  private Postmaster(Cluster cluster, Process process, int port, Duration stopLimit) {
    this.cluster = cluster;
    this.process = process;
    this.port = port;
    this.stopLimit = stopLimit;
  }

  /// Starts PostgreSQL on a free port and waits until it accepts connections.
  static Postmaster start(Launch launch) {
    return guarded(
        launch,
        () -> {
          Leftover.remove(launch.cluster(), launch.settings().stopLimit());
          for (var attempt = 1; ; attempt++) {
            var log = PostgresLog.of(launch.cluster().directory());
            try {
              return start(launch, freePort(), log);
            } catch (ProblemException e) {
              // between our finding a free port and PostgreSQL's taking it somebody else may
              if (attempt == ATTEMPTS || !log.tail().contains("Address already in use")) {
                throw e;
              }
            }
          }
        });
  }

  /// Starts PostgreSQL once more where an earlier process died, and waits until it accepts
  /// connections.
  ///
  /// @param port the earlier one's, where clients expect it
  static Postmaster restart(Launch launch, int port) {
    return guarded(
        launch,
        () -> {
          Leftover.remove(launch.cluster(), launch.settings().stopLimit());
          return start(launch, port, PostgresLog.of(launch.cluster().directory()));
        });
  }

  private interface Start {
    Postmaster run() throws IOException;
  }

  private static Postmaster guarded(Launch launch, Start start) {
    try {
      return start.run();
    } catch (IOException e) {
      throw Unavailable.because(
          "PostgreSQL in %s can't be started: %s".formatted(launch.cluster().path(), e), e);
    }
  }

  private static Postmaster start(Launch launch, int port, PostgresLog log) throws IOException {
    var settings = launch.settings();
    var process =
        spawn(command(launch.cluster(), port, settings, launch.durability()), log.output());
    var postmaster = new Postmaster(launch.cluster(), process, port, settings.stopLimit());
    if (postmaster.becomesReady(settings.startLimit())) {
      return postmaster;
    }
    var failure = failure(launch.cluster(), process, settings, log);
    process.destroyForcibly();
    throw Unavailable.because(failure);
  }

  long pid() {
    return process.pid();
  }

  int port() {
    return port;
  }

  boolean isRunning() {
    return process.isAlive();
  }

  /// Waits until the process has ended, for whatever reason.
  void awaitEnd() throws InterruptedException {
    process.waitFor();
  }

  /// Asks it to end all connections and stop; kills it if it doesn't in time.
  void stop() {
    if (!process.isAlive()) {
      return;
    }
    try {
      interrupt(cluster, process.pid());
      if (process.waitFor(stopLimit.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (IOException e) {
      // can't be asked: kill it
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly().onExit().join();
  }

  /// Sends the signal for a fast shutdown, which Java can't.
  static void interrupt(Cluster cluster, long pid) throws IOException {
    cluster
        .command(List.of(), "pg_ctl", List.of("kill", "INT", Long.toString(pid)))
        .run(Redirect.DISCARD, SIGNAL_LIMIT);
  }

  private static Command command(
      Cluster cluster, int port, PostgresSettings settings, Durability durability) {
    var arguments = new ArrayList<>(List.of("-D", cluster.path().toString()));
    arguments.addAll(List.of("-c", MARK));
    arguments.addAll(List.of("-c", "listen_addresses=127.0.0.1", "-c", "port=" + port));
    arguments.addAll(List.of("-c", "unix_socket_directories="));
    settings.parameters().forEach(parameter -> arguments.addAll(List.of("-c", parameter)));
    durability.parameters().forEach(parameter -> arguments.addAll(List.of("-c", parameter)));
    return cluster.command(PROLOGUE, "postgres", arguments);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Process spawn(Command command, Redirect output) throws IOException {
    var start = new FutureTask<>(() -> command.start(output));
    Thread.ofPlatform()
        .daemon()
        .name("postgres-parent")
        .start(() -> {
          start.run();
          if (start.state() == FutureTask.State.SUCCESS) {
            start.resultNow().onExit().join();
          }
        });
    return result(start);
  }

  /// Waits for a start, which takes milliseconds. No interrupt ends the wait: the process would go
  /// on, and nobody would know it.
  private static Process result(FutureTask<Process> start) throws IOException {
    var interrupted = false;
    try {
      while (true) {
        try {
          return start.get();
        } catch (ExecutionException e) {
          throw new IOException(e.getCause());
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean becomesReady(Duration limit) throws IOException {
    var end = System.nanoTime() + limit.toNanos();
    try {
      while (System.nanoTime() < end) {
        var file = PostmasterFile.read(cluster.path());
        if (file.isPresent() && file.get().pid() == process.pid() && file.get().isReady()) {
          return true;
        }
        if (process.waitFor(GLANCE_MILLIS, TimeUnit.MILLISECONDS)) {
          return false;
        }
      }
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
      throw new IOException("interrupted while PostgreSQL was starting", e);
    }
  }

  private static String failure(
      Cluster cluster, Process process, PostgresSettings settings, PostgresLog log) {
    var what =
        process.isAlive()
            ? "wasn't ready within " + settings.startLimit()
            : "ended with code " + process.exitValue();
    return "PostgreSQL in %s %s; the end of %s:%n%s"
        .formatted(cluster.path(), what, log, log.tail());
  }
}
