package io.belfry.cli.task;

import io.belfry.cli.command.Command;
import io.belfry.cli.command.Invocation;
import io.belfry.cli.shell.ExitCode;
import io.belfry.cli.shell.Failure;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.Json;
import io.belfry.sdk.api.TaskApi;
import io.belfry.sdk.model.Task;
import java.util.LinkedHashSet;
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
    var ids = invocation.positionals();
    requireKnown(ids, invocation.server().client());
    new TaskWaiting(invocation.surroundings(), invocation.server())
        .await(ids, TaskWaiting.timeout(invocation));
    return ExitCode.OK;
  }

  /// What was typed wrong should show at once.
  private static void requireKnown(List<String> ids, ApiClient client) {
    var unknown = new LinkedHashSet<>(ids);
    new TaskApi(client).getTasks(Task.ID.in(ids)).forEach(task -> unknown.remove(task.id()));
    if (!unknown.isEmpty()) {
      throw new Failure(
              ExitCode.NOT_FOUND,
              "no Task has the id '%s'; belfry task list lists those there are"
                  .formatted(unknown.iterator().next()))
          .with("type", Json.of("Task"))
          .with("ids", Json.of(unknown.stream().map(Json::of).toList()));
    }
  }
}
