package io.belfry.cli.login;

import io.belfry.cli.command.Command;
import io.belfry.cli.command.Invocation;
import io.belfry.cli.command.Values;
import io.belfry.cli.context.Contexts;
import io.belfry.cli.shell.ExitCode;
import io.belfry.cli.shell.Failure;
import io.belfry.cli.shell.Surroundings;
import io.belfry.sdk.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `belfry context list|use|show|remove`.
public final class ContextCommands {
  private ContextCommands() {}

  public static CommandSpec spec() {
    var spec = CommandSpec.create().name("context");
    spec.usageMessage().description("Shows and chooses the servers that you have logged in to.");
    for (var verb : List.of(new Listed(), new Used(), new Shown(), new Removed())) {
      var sub = verb.spec();
      spec.addSubcommand(sub.name(), sub);
    }
    return spec;
  }

  private static CommandSpec named(Command command, String name, String description) {
    var spec = CommandSpec.wrapWithoutInspection(command).name(name);
    spec.usageMessage().description(description);
    spec.addPositional(
        PositionalParamSpec.builder().paramLabel("NAME").arity("1").type(String.class).build());
    return spec;
  }

  private static Values names(String option, Surroundings surroundings) {
    return new Values.Words(
        option.equals(Command.WORDS) ? Contexts.of(surroundings).names() : List.of());
  }

  private record Listed() implements Command {
    @Override
    public CommandSpec spec() {
      var spec = CommandSpec.wrapWithoutInspection(this).name("list");
      spec.usageMessage().description("Lists all contexts; a star marks the one in use.");
      return spec;
    }

    @Override
    public ExitCode run(Invocation invocation) {
      var contexts = Contexts.of(invocation.surroundings());
      var current = contexts.current();
      if (invocation.output().format().isForPrograms()) {
        var all =
            contexts.names().stream()
                .map(name ->
                    Json.object(
                        "name",
                        name,
                        "url",
                        contexts.values(name).get("url"),
                        "current",
                        name.equals(current)))
                .toList();
        invocation.output().value(Json.of(all));
        return ExitCode.OK;
      }
      for (var name : contexts.names()) {
        invocation
            .surroundings()
            .out()
            .printf(
                "%s %s  %s%n",
                name.equals(current) ? "*" : " ", name, contexts.values(name).get("url"));
      }
      return ExitCode.OK;
    }
  }

  private record Used() implements Command {
    @Override
    public CommandSpec spec() {
      return named(this, "use", "Uses a context from now on.");
    }

    @Override
    public Values values(String option, Surroundings surroundings) {
      return names(option, surroundings);
    }

    @Override
    public ExitCode run(Invocation invocation) {
      Contexts.of(invocation.surroundings()).use(invocation.positionals().get(0));
      return ExitCode.OK;
    }
  }

  private record Shown() implements Command {
    @Override
    public CommandSpec spec() {
      return named(this, "show", "Shows what a context holds, but for its token.");
    }

    @Override
    public Values values(String option, Surroundings surroundings) {
      return names(option, surroundings);
    }

    @Override
    public ExitCode run(Invocation invocation) {
      var values =
          new TreeMap<>(
              Contexts.of(invocation.surroundings()).values(invocation.positionals().get(0)));
      values.keySet().removeAll(List.of("token", "password"));
      invocation.output().value(Json.of(new LinkedHashMap<>(values)));
      return ExitCode.OK;
    }
  }

  private record Removed() implements Command {
    @Override
    public CommandSpec spec() {
      return named(this, "remove", "Forgets a context and its token.");
    }

    @Override
    public Values values(String option, Surroundings surroundings) {
      return names(option, surroundings);
    }

    /// @throws Failure if there is none
    @Override
    public ExitCode run(Invocation invocation) {
      Contexts.of(invocation.surroundings()).remove(invocation.positionals().get(0));
      return ExitCode.OK;
    }
  }
}
