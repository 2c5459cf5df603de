package io.belfry.cli;

import io.belfry.cli.shell.ExitCode;
import io.belfry.cli.shell.Surroundings;
import io.belfry.sdk.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A shell in which tests type commands. Without answers, nobody can be asked.
final class Shell {
  private final Map<String, String> environment = new HashMap<>();
  private final List<Runnable> interrupts = new ArrayList<>();
  private final Deque<Supplier<String>> answers = new ArrayDeque<>();
  private String input = "";
  private boolean isTerminal;
  private int looks;

  /// What a command did.
  record Ran(ExitCode exitCode, String out, String err) {
    Json json() {
      return Json.parse(out);
    }

    List<String> lines() {
      return out.lines().toList();
    }
  }

  Shell set(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Shell terminal() {
    isTerminal = true;
    return this;
  }

  Shell answer(String answer) {
    return answer(() -> answer);
  }

  /// @param answer is asked for the answer while the command waits for it
  Shell answer(Supplier<String> answer) {
    answers.add(answer);
    return this;
  }

  Shell input(String text) {
    input = text;
    return this;
  }

  /// How often commands that look again and again look.
  Shell looks(int times) {
    looks = times;
    return this;
  }

  /// What Ctrl-C would run now.
  List<Runnable> interrupts() {
    return interrupts;
  }

  Ran run(String... words) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var surroundings =
        new Surroundings(
            environment,
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, false, StandardCharsets.UTF_8),
            new TestTerminal(),
            Clock.systemUTC());
    var exitCode = Cli.run(List.of(words), surroundings);
    return new Ran(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private final class TestTerminal implements Surroundings.Terminal {
    private int looked = 1;

    @Override
    public boolean showsOutput() {
      return isTerminal;
    }

    @Override
    public boolean showsErrors() {
      return isTerminal;
    }

    @Override
    public int width() {
      return 80;
    }

    @Override
    public @Nullable String ask(String question) {
      var answer = answers.poll();
      return answer == null ? null : answer.get();
    }

    @Override
    public @Nullable String askSecret(String question) {
      return ask(question);
    }

    @Override
    public boolean pause(Duration pause) {
      return looked++ < looks;
    }

    @Override
    public Surroundings.Interruptible onInterrupt(Runnable action) {
      interrupts.add(action);
      return () -> {};
    }
  }
}
