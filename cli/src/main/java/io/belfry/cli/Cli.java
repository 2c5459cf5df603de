package io.belfry.cli;

import io.belfry.cli.catalogue.Catalogue;
import io.belfry.cli.catalogue.Nearest;
import io.belfry.cli.command.Command;
import io.belfry.cli.command.Invocation;
import io.belfry.cli.command.Server;
import io.belfry.cli.completion.Completion;
import io.belfry.cli.output.Format;
import io.belfry.cli.output.Output;
import io.belfry.cli.shell.ExitCode;
import io.belfry.cli.shell.Failure;
import io.belfry.cli.shell.Surroundings;
import io.belfry.sdk.ApiException;
import io.belfry.sdk.Json;
import io.belfry.sdk.TaskFailedException;
import io.belfry.sdk.TaskTimeoutException;
import io.belfry.sdk.UnauthorizedException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// Runs one command.
public final class Cli {
  /// Before the words that a shell wants to have completed.
  private static final List<String> COMPLETE = List.of("complete", "--");

  private static final int NOT_BUILT = 501;
  private static final int LEAST_HELP_WIDTH = 60;
  private static final int MOST_HELP_WIDTH = 120;

  private final Surroundings surroundings;
  private final Catalogue catalogue = new Catalogue();

  private Cli(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /// Runs a command; everything that goes wrong is said on standard error.
  ///
  /// @return what the process exits with
  public static ExitCode run(List<String> words, Surroundings surroundings) {
    return new Cli(surroundings).run(words);
  }

  private ExitCode run(List<String> words) {
    try {
      return words.size() > 2 && words.subList(0, 2).equals(COMPLETE)
          ? complete(words.subList(2, words.size()))
          : runOrFail(words);
    } catch (Failure failure) {
      return failed(words, failure);
    } catch (ApiException failure) {
      return failed(words, described(failure));
    } catch (ParameterException wrong) {
      return failed(words, Failure.usage(described(wrong)));
    } catch (UncheckedIOException failure) {
      return failed(words, new Failure(ExitCode.TASK_FAILED, String.valueOf(failure.getMessage())));
    } catch (IllegalStateException | IllegalArgumentException | ArithmeticException unforeseen) {
      return failed(
          words,
          new Failure(
              ExitCode.TASK_FAILED, "something unforeseen happened: " + unforeseen.getMessage()));
    } finally {
      surroundings.out().flush();
      surroundings.err().flush();
    }
  }

  private ExitCode complete(List<String> words) {
    var chosen = words.indexOf("--context") + 1;
    var context = chosen > 0 && chosen < words.size() - 1 ? words.get(chosen) : null;
    try (var server = new Server(surroundings, context, false)) {
      new Completion(catalogue, server, surroundings)
          .lines(new CommandTree(catalogue).root(words), words)
          .forEach(surroundings.out()::println);
    }
    return ExitCode.OK;
  }

  private ExitCode runOrFail(List<String> words) {
    var line = new CommandLine(new CommandTree(catalogue).root(words));
    line.setUsageHelpWidth(
        Math.clamp(surroundings.terminal().width(), LEAST_HELP_WIDTH, MOST_HELP_WIDTH));
    var given = new ArrayList<ParseResult>();
    for (var next = line.parseArgs(words.toArray(String[]::new));
        next != null;
        next = next.subcommand()) {
      given.add(next);
    }
    var last = given.getLast();
    var asked = last.commandSpec();
    var isHelp = given.stream().anyMatch(ParseResult::isUsageHelpRequested);
    if (isHelp || !(asked.userObject() instanceof Command command)) {
      var usage =
          asked.commandLine().getUsageMessage(surroundings.hasColours() ? Ansi.ON : Ansi.OFF);
      var isAsked = isHelp || words.isEmpty();
      (isAsked ? surroundings.out() : surroundings.err()).print(usage);
      return isAsked ? ExitCode.OK : ExitCode.USAGE;
    }
    var format = format(option(given, "--output"));
    try (var server =
        new Server(
            surroundings,
            option(given, "--context"),
            given.stream().anyMatch(each -> each.hasMatchedOption("--explain")))) {
      return command.run(
          new Invocation(last, surroundings, catalogue, server, new Output(surroundings, format)));
    }
  }

  /// Where options stand doesn't matter: the last one wins.
  private static @Nullable String option(List<ParseResult> given, String option) {
    return given.reversed().stream()
        .filter(each -> each.hasMatchedOption(option))
        .findFirst()
        .<String>map(each -> each.matchedOption(option).getValue())
        .orElse(null);
  }

  private static Format format(@Nullable String name) {
    if (name == null) {
      return Format.TABLE;
    }
    return Arrays.stream(Format.values())
        .filter(each -> each.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() ->
            Failure.usage(
                "--output must be table, json, jsonl, yaml or csv, not '%s'".formatted(name)));
  }

  private String described(ParameterException wrong) {
    var path = wrong.getCommandLine().getCommandSpec().qualifiedName();
    if (wrong instanceof CommandLine.UnmatchedArgumentException unmatched) {
      var word = unmatched.getUnmatched().get(0);
      var names = new ArrayList<String>();
      if (word.startsWith("-")) {
        names.addAll(wrong.getCommandLine().getCommandSpec().optionsMap().keySet());
        return "'%s' has no option %s%s".formatted(path, word, Nearest.question(word, names));
      }
      names.addAll(wrong.getCommandLine().getSubcommands().keySet());
      if (path.equals("belfry")) {
        names.addAll(catalogue.groups());
        names.addAll(List.of("up", "demo", "build"));
      }
      return "there is no command '%s %s'%s".formatted(path, word, Nearest.question(word, names));
    }
    return wrong.getMessage() + "; see '" + path + " --help'";
  }

  private static Failure described(ApiException failure) {
    var described = new Failure(exitCode(failure), String.valueOf(failure.getMessage()));
    described
        .with("operation", Json.of(failure.operation()))
        .with("status", Json.of(failure.status()));
    if (failure.code() != null) {
      described.with("code", Json.of(failure.code()));
    }
    if (failure.requestId() != null) {
      described.with("request_id", Json.of(failure.requestId()));
    }
    if (failure instanceof TaskFailedException tasks) {
      described.with(
          "tasks",
          Json.of(
              tasks.failed().stream()
                  .map(each -> Json.object("id", each.id(), "error", each.errorMessage()))
                  .toList()));
    }
    if (failure instanceof TaskTimeoutException tasks) {
      described.with(
          "tasks",
          Json.of(tasks.unfinished().stream().map(each -> Json.object("id", each)).toList()));
    }
    return described;
  }

  private static ExitCode exitCode(ApiException failure) {
    if (failure instanceof TaskFailedException) {
      return ExitCode.TASK_FAILED;
    }
    if (failure instanceof TaskTimeoutException) {
      return ExitCode.TIMED_OUT;
    }
    if (failure instanceof UnauthorizedException) {
      return ExitCode.UNAUTHORIZED;
    }
    return switch (failure.status()) {
      case 403 -> ExitCode.UNAUTHORIZED;
      case 0 -> ExitCode.UNREACHABLE;
      case NOT_BUILT -> ExitCode.REFUSED;
      default -> failure.status() >= 500 ? ExitCode.UNREACHABLE : ExitCode.REFUSED;
    };
  }

  private ExitCode failed(List<String> words, Failure failure) {
    if (isForPrograms(words)) {
      var error = new LinkedHashMap<String, Json>();
      error.put("message", Json.of(failure.getMessage()));
      error.put("exit_code", Json.of(failure.exitCode().number()));
      error.putAll(failure.details());
      surroundings.err().println(Json.object("error", Json.of(error)));
    } else {
      surroundings.err().println("belfry: " + failure.getMessage());
    }
    return failure.exitCode();
  }

  /// Known even if the words make no sense otherwise.
  private static boolean isForPrograms(List<String> words) {
    var line = String.join(" ", words).toLowerCase(Locale.ROOT);
    return line.matches(".*(?:^| )(?:-o ?=?|--output[ =])(?:json|jsonl|yaml|csv)(?: .*|$)");
  }
}
