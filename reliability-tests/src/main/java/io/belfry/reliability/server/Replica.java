package io.belfry.reliability.server;

import io.belfry.reliability.server.ServerProcess.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.Configuration;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One of the servers that share a database, through all of its processes.
final class Replica {
  private static final Duration CALL_LIMIT = Duration.ofSeconds(60);
  private static final Duration START_LIMIT = Duration.ofMinutes(5);

  private final Program program;
  private final Path log;
  private final List<String> options;
  private final AtomicReference<@Nullable ApiClient> client = new AtomicReference<>();
  private @Nullable ServerProcess process;
  private boolean ready;

  Replica(Program program, Path log, List<String> options) {
    this.program = program;
    this.log = log;
    this.options = options;
  }

  /// A client of the process that runs now, or ran last. Calls fail while none does.
  ApiClient client() {
    var current = client.get();
    if (current == null) {
      throw new IllegalStateException("the server has never been ready");
    }
    return current;
  }

  /// Begins to start a process, unless there is one.
  void spawn() throws IOException {
    if (process == null || !process.isAlive()) {
      process = ServerProcess.spawn(program, log, options);
      ready = false;
    }
  }

  /// Waits until the process is ready.
  ///
  /// @param tokens knows the token of the first login, which must outlive everything
  void awaitReady(Tokens tokens) throws IOException {
    if (ready) {
      return;
    }
    var url = running().awaitReady(START_LIMIT);
    var next =
        tokens.authorized(ApiClient.of(Configuration.builder(url).timeout(CALL_LIMIT).build()));
    ready = true;
    var previous = client.getAndSet(next);
    if (previous != null) {
      Thread.ofVirtual().start(previous::close); // may wait for answers that are on their way
    }
  }

  /// Makes clients that may do everything.
  @FunctionalInterface
  interface Tokens {
    ApiClient authorized(ApiClient client);
  }

  /// The process that was started last.
  ServerProcess running() {
    if (process == null) {
      throw new IllegalStateException("no process was started");
    }
    return process;
  }

  void end() throws IOException, InterruptedException {
    if (process != null && process.isAlive()) {
      process.proceed();
      process.kill();
    }
  }

  void closeClient() {
    var last = client.get();
    if (last != null) {
      last.close();
    }
  }
}
