package io.belfry.cli.login;

import io.belfry.cli.command.Command;
import io.belfry.cli.command.Invocation;
import io.belfry.cli.command.Values;
import io.belfry.cli.context.Contexts;
import io.belfry.cli.shell.ExitCode;
import io.belfry.cli.shell.Surroundings;
import io.belfry.sdk.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `belfry context list|use|show|remove`.
public final class ContextCommands {
  private ContextCommands() {}

  public static CommandSpec spec() {
    var spec = CommandSpec.create().name("context");
    spec.usageMessage().description("Shows and chooses the servers that you have logged in to.");
    for (var verb :
        List.of(
            new Listed(),
            new OfOne(
                "use",
                "Uses a context from now on.",
                (invocation, name) -> contexts(invocation).use(name)),
            new OfOne(
                "show", "Shows what a context holds, but for its secrets.", ContextCommands::show),
            new OfOne(
                "remove",
                "Forgets a context and its token.",
                (invocation, name) -> contexts(invocation).remove(name)))) {
      var sub = verb.spec();
      spec.addSubcommand(sub.name(), sub);
    }
    return spec;
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

  /// A verb that acts on the context that is named.
  private record OfOne(String verb, String description, BiConsumer<Invocation, String> action)
      implements Command {
    @Override
    public CommandSpec spec() {
      var spec = CommandSpec.wrapWithoutInspection(this).name(verb);
      spec.usageMessage().description(description);
      spec.addPositional(
          PositionalParamSpec.builder().paramLabel("NAME").arity("1").type(String.class).build());
      return spec;
    }

    @Override
    public Values values(String option, Surroundings surroundings) {
      return new Values.Words(option.equals(WORDS) ? Contexts.of(surroundings).names() : List.of());
    }

    @Override
    public ExitCode run(Invocation invocation) {
      action.accept(invocation, invocation.positionals().get(0));
      return ExitCode.OK;
    }
  }

  private static Contexts contexts(Invocation invocation) {
    return Contexts.of(invocation.surroundings());
  }

  private static void show(Invocation invocation, String name) {
    var values = new TreeMap<>(contexts(invocation).values(name));
    values.keySet().removeIf(key -> key.endsWith("token") || key.endsWith("password"));
    values.computeIfPresent("proxy", (key, address) -> address.replaceFirst("//.*@", "//"));
    invocation.output().value(Json.of(new LinkedHashMap<>(values)));
  }
}
