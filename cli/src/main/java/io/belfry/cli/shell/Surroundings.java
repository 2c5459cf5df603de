package io.belfry.cli.shell;

import java.io.InputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a command finds around it, so that it can be run as a process and by a test alike.
///
/// @param environment variables by name
public record Surroundings(
    Map<String, String> environment,
    InputStream in,
    PrintStream out,
    PrintStream err,
    Terminal terminal,
    Clock clock) {

  /// Whoever looks at the output, and may type.
  public interface Terminal {
    /// Whether people see standard output as it comes.
    boolean showsOutput();

    /// Whether people see standard error as it comes.
    boolean showsErrors();

    /// How many columns fit.
    int width();

    /// Asks for a line.
    ///
    /// @return absent if nobody can be asked
    @Nullable String ask(String question);

    /// Asks for a line without showing it.
    ///
    /// @return absent if nobody can be asked
    @Nullable String askSecret(String question);

    /// Waits between two looks at something.
    ///
    /// @return false to stop looking
    boolean pause(Duration pause);

    /// Runs something when Ctrl-C ends the process before this is closed.
    Interruptible onInterrupt(Runnable action);
  }

  /// What Ctrl-C runs something after.
  public interface Interruptible extends AutoCloseable {
    @Override
    void close();
  }

  /// Whether output may have colours.
  public boolean hasColours() {
    return terminal.showsOutput() && environment.getOrDefault("NO_COLOR", "").isEmpty();
  }
}
