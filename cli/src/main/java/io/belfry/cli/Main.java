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

/// The process `belfry`.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) throws IOException {
    if (System.getProperty("belfry.train") != null) {
      Training.run();
      return;
    }
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
