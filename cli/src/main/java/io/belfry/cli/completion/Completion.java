package io.belfry.cli.completion;

import io.belfry.cli.catalogue.Catalogue;
import io.belfry.cli.command.Command;
import io.belfry.cli.command.Server;
import io.belfry.cli.command.Values;
import io.belfry.cli.context.Contexts;
import io.belfry.cli.shell.Failure;
import io.belfry.cli.shell.Surroundings;
import io.belfry.sdk.ApiException;
import io.belfry.sdk.Json;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// What the word that is being typed may become: commands, options, values, names of the server's
/// objects. Where nothing is known, the shell offers files.
public record Completion(Catalogue catalogue, Server server, Surroundings surroundings) {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int MOST_NAMES = 100;

  /// A word, and what it means; empty if it speaks for itself.
  private record Candidate(String word, String meaning) {
    static Candidate of(String word) {
      return new Candidate(word, "");
    }

    /// As shells read it.
    String line() {
      return meaning.isEmpty() ? word : word + "\t" + meaning;
    }
  }

  /// @param root the commands that the words may mean
  /// @param words all words up to the one that is being typed, which is the last and may be empty
  /// @return lines of a word and, after a tab, what it means
  public List<String> lines(CommandSpec root, List<String> words) {
    var typed = words.getLast();
    return candidates(root, words.subList(0, words.size() - 1), typed)
        .filter(each -> each.word().startsWith(typed))
        .map(Candidate::line)
        .distinct()
        .toList();
  }

  private Stream<Candidate> candidates(CommandSpec root, List<String> before, String typed) {
    var command = command(root, before);
    var option = before.isEmpty() ? null : command.optionsMap().get(before.getLast());
    if (option != null && option.arity().max() > 0) {
      return values(command, option, typed);
    }
    if (typed.startsWith("-")) {
      return command.options().stream().flatMap(Completion::names);
    }
    return command.subcommands().isEmpty()
        ? of(command, Command.WORDS, typed)
        : subcommands(command, command.parent() == null);
  }

  /// The command that has been typed so far.
  private static CommandSpec command(CommandSpec root, List<String> words) {
    var command = root;
    for (var word : words) {
      var next = command.subcommands().get(word);
      command = next == null ? command : next.getCommandSpec();
    }
    return command;
  }

  private static Stream<Candidate> names(OptionSpec option) {
    var names = Stream.of(option.longestName());
    var negated =
        option.negatable()
            ? Stream.of("--no-" + option.longestName().substring(2))
            : Stream.<String>empty();
    return Stream.concat(names, negated)
        .map(name -> new Candidate(name, sentence(option.description())));
  }

  private Stream<Candidate> subcommands(CommandSpec command, boolean isRoot) {
    var groups =
        isRoot ? catalogue.groups().stream().map(Candidate::of) : Stream.<Candidate>empty();
    var known =
        command.subcommands().entrySet().stream()
            .filter(each -> !catalogue.groups().contains(each.getKey()))
            .map(each ->
                new Candidate(
                    each.getKey(),
                    sentence(each.getValue().getCommandSpec().usageMessage().description())));
    return Stream.concat(known, groups);
  }

  private Stream<Candidate> values(CommandSpec command, OptionSpec option, String typed) {
    if (option.longestName().equals("--context")) {
      return Contexts.of(surroundings).names().stream().map(Candidate::of);
    }
    if (option.completionCandidates() != null) {
      return StreamSupport.stream(option.completionCandidates().spliterator(), false)
          .map(Candidate::of);
    }
    return of(command, option.longestName(), typed);
  }

  private Stream<Candidate> of(CommandSpec spec, String option, String typed) {
    if (!(spec.userObject() instanceof Command command)) {
      return Stream.empty();
    }
    return switch (command.values(option, surroundings)) {
      case Values.Words(var words) -> words.stream().map(Candidate::of);
      case Values.Names(var entity) -> objects(entity, typed).stream().map(Candidate::of);
    };
  }

  /// The names of the server's objects. A command line that is being typed is no place for errors.
  private Set<String> objects(String entity, String typed) {
    var definition = catalogue.entity(entity);
    var label = definition.label();
    if (label == null || definition.listPath() == null) {
      return Set.of();
    }
    try {
      var query =
          Json.object("first", MOST_NAMES, "where", Json.object(label + "_starts_with", typed));
      var names = new TreeSet<String>();
      server
          .client()
          .with(options -> options.timeout(PATIENCE))
          .call(definition.listPath(), query)
          .elements()
          .forEach(each -> names.add(each.get(label).asText()));
      return names;
    } catch (ApiException | Failure unknown) {
      return Set.of();
    }
  }

  private static String sentence(String @Nullable [] description) {
    var text = description == null ? "" : Arrays.stream(description).findFirst().orElse("");
    return text.replaceFirst("(?s)[.:]\\s.*|\\.$", "")
        .replace("%%", "%")
        .replaceAll("[\\t\\n]", " ");
  }
}
