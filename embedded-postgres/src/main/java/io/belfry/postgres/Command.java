package io.belfry.postgres;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A program with its arguments. It doesn't see the parts of our environment that would change what
/// PostgreSQL does.
record Command(List<String> words) {
  private static final File NOTHING = new File("/dev/null");

  Command {
    words = List.copyOf(words);
  }

  /// Starts the program. It may end when the calling *thread* ends; see [Postmaster].
  Process start(Redirect output) throws IOException {
    var builder =
        new ProcessBuilder(words)
            .redirectInput(Redirect.from(NOTHING))
            .redirectErrorStream(true)
            .redirectOutput(output);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("PG") || name.startsWith("LC_") || name.equals("LANG"));
    return builder.start();
  }

  /// Runs the program to its end.
  ///
  /// @return its exit code
  /// @throws IOException if it can't be started or takes longer than the limit
  int run(Redirect output, Duration limit) throws IOException {
    var process = start(output);
    try {
      if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return process.exitValue();
      }
      throw new IOException("%s didn't finish within %s".formatted(words, limit));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + words, e);
    } finally {
      process.destroyForcibly();
    }
  }
}
