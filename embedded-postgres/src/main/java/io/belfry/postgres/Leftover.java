package io.belfry.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// What an earlier PostgreSQL on the same cluster left: a file that names its process, and perhaps
/// the process.
final class Leftover {
  private Leftover() {}

  /// Makes way for a new process. The caller holds the data directory's lock, so a process that a
  /// Belfry started has lost its parent and is stopped; any other is left alone.
  ///
  /// @throws io.belfry.problem.ProblemException if a PostgreSQL that isn't ours uses the cluster
  static void remove(Cluster cluster, Duration limit) throws IOException {
    var file = PostmasterFile.read(cluster.path());
    var process = file.flatMap(found -> ProcessHandle.of(found.pid()));
    if (process.isEmpty()) {
      return; // PostgreSQL itself deals with the file of a dead process
    }
    var words = commandLine(process.get().pid());
    if (!words.contains(cluster.path().toString())) {
      // the number went to another program, which would make PostgreSQL refuse to start
      Files.deleteIfExists(PostmasterFile.of(cluster.path()));
      return;
    }
    if (!words.contains(Postmaster.MARK)) {
      throw Unavailable.because(
          "a PostgreSQL that Belfry didn't start, process %s, uses %s: stop it (pg_ctl stop -D %2$s) and start again"
              .formatted(process.get().pid(), cluster.path()));
    }
    stop(cluster, process.get(), limit);
  }

  private static List<String> commandLine(long pid) throws IOException {
    var file = Path.of("/proc", Long.toString(pid), "cmdline");
    if (!Files.exists(file)) {
      return List.of();
    }
    return List.of(Files.readString(file, StandardCharsets.ISO_8859_1).split("\0"));
  }

  private static void stop(Cluster cluster, ProcessHandle orphan, Duration limit)
      throws IOException {
    Postmaster.interrupt(cluster, orphan.pid());
    try {
      orphan.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      orphan.destroyForcibly();
      orphan.onExit().join();
    } catch (ExecutionException e) {
      throw new IOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while stopping process " + orphan.pid(), e);
    }
  }
}
