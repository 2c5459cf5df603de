package io.belfry.cli;

import io.belfry.cli.shell.Surroundings;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/// The process `belfry`.
public final class Main {
  /// Warnings are for programs: who types `--insecure` has read what it means. Kept here, because a
  /// logger that nobody keeps forgets its level.
  private static final Logger SDK_LOG = Logger.getLogger("io.belfry.sdk");

  private Main() {}

  public static void main(String[] arguments) throws IOException {
    if (System.getProperty("belfry.train") != null) {
      Training.run();
      return;
    }
    SDK_LOG.setLevel(Level.SEVERE);
    var out = stream(FileDescriptor.out);
    var err = stream(FileDescriptor.err);
    var surroundings =
        new Surroundings(
            System.getenv(), System.in, out, err, new ProcessTerminal(err), Clock.systemUTC());
    System.exit(Cli.run(List.of(arguments), surroundings).number());
  }

  private static PrintStream stream(FileDescriptor to) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(to)), false, StandardCharsets.UTF_8);
  }
}
