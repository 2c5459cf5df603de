package io.belfry.cli;

import io.belfry.cli.shell.Surroundings;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The terminal of this process, as far as it has one. The script that starts it says which streams
/// are shown and how wide, since the JVM can't tell standard output from standard error.
record ProcessTerminal(PrintStream err) implements Surroundings.Terminal {
  private static final int WIDTH = 80;

  @Override
  public boolean showsOutput() {
    return System.getenv("BELFRY_TTY_OUT") != null;
  }

  @Override
  public boolean showsErrors() {
    return System.getenv("BELFRY_TTY_ERR") != null;
  }

  @Override
  public int width() {
    try {
      return Math.max(1, Integer.parseInt(System.getenv().getOrDefault("COLUMNS", "")));
    } catch (NumberFormatException unknown) {
      return WIDTH;
    }
  }

  @Override
  public @Nullable String ask(String question) {
    var console = Objects.requireNonNull(System.console());
    err.print(question);
    err.flush();
    return console.isTerminal() ? console.readLine() : null;
  }

  @Override
  public @Nullable String askSecret(String question) {
    var console = Objects.requireNonNull(System.console());
    if (!console.isTerminal()) {
      return null;
    }
    err.print(question);
    err.flush();
    var secret = console.readPassword();
    return secret == null ? null : new String(secret);
  }

  @Override
  public boolean pause(Duration pause) {
    try {
      Thread.sleep(pause);
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public Surroundings.Interruptible onInterrupt(Runnable action) {
    var hook = new Thread(action, "interrupted");
    Runtime.getRuntime().addShutdownHook(hook);
    return () -> {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException shuttingDown) {
        // the action runs, or has run
      }
    };
  }
}
