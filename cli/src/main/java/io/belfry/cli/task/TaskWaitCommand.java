package io.belfry.cli.task;

import io.belfry.cli.command.Command;
import io.belfry.cli.command.Invocation;
import io.belfry.cli.shell.ExitCode;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `belfry task wait`.
public record TaskWaitCommand() implements Command {
  @Override
  public CommandSpec spec() {
    var spec = CommandSpec.wrapWithoutInspection(this).name("wait");
    spec.usageMessage().description("Waits for tasks and shows how far they are.");
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("ID")
            .arity("1..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description("The tasks.")
            .build());
    spec.addOption(
        OptionSpec.builder("--timeout")
            .paramLabel("SECONDS")
            .type(String.class)
            .arity("1")
            .description("How long to wait (default: 3600).")
            .build());
    return spec;
  }

  @Override
  public ExitCode run(Invocation invocation) {
    new TaskWaiting(invocation.surroundings(), invocation.server())
        .await(invocation.positionals(), TaskWaiting.timeout(invocation));
    return ExitCode.OK;
  }
}
