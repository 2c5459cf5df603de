package io.belfry.cli.completion;

import io.belfry.cli.command.Command;
import io.belfry.cli.command.Invocation;
import io.belfry.cli.command.Values;
import io.belfry.cli.shell.ExitCode;
import io.belfry.cli.shell.Failure;
import io.belfry.cli.shell.Surroundings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `belfry completion bash`: the script that makes a shell ask [Completion].
public record CompletionCommand() implements Command {
  private static final List<String> SHELLS = List.of("bash", "zsh", "fish");

  @Override
  public CommandSpec spec() {
    var spec = CommandSpec.wrapWithoutInspection(this).name("completion");
    spec.usageMessage()
        .description(
            "Writes the script by which a shell completes commands: source <(belfry completion"
                + " bash).");
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("SHELL")
            .arity("1")
            .type(String.class)
            .description("One of " + String.join(", ", SHELLS) + ".")
            .build());
    return spec;
  }

  @Override
  public ExitCode run(Invocation invocation) {
    var shell = invocation.positionals().get(0);
    if (!SHELLS.contains(shell)) {
      throw Failure.usage(
          "the shell must be one of %s, not '%s'".formatted(String.join(", ", SHELLS), shell));
    }
    invocation.surroundings().out().print(script(shell));
    return ExitCode.OK;
  }

  @Override
  public Values values(String option, Surroundings surroundings) {
    return new Values.Words(option.equals(WORDS) ? SHELLS : List.of());
  }

  private static String script(String shell) {
    try (var script = CompletionCommand.class.getResourceAsStream("belfry." + shell)) {
      return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
