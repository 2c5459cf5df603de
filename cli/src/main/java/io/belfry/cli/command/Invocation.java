package io.belfry.cli.command;

import io.belfry.cli.catalogue.Catalogue;
import io.belfry.cli.output.Output;
import io.belfry.cli.shell.Failure;
import io.belfry.cli.shell.Surroundings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/// One use of a command: what was given, and what there is to do it with.
///
/// @param given the arguments of the last word of the command
public record Invocation(
    ParseResult given,
    Surroundings surroundings,
    Catalogue catalogue,
    Server server,
    Output output) {

  /// The value of an option; absent if it was not given.
  public @Nullable String text(String option) {
    return given.hasMatchedOption(option) ? given.matchedOption(option).getValue() : null;
  }

  /// The values of an option that can be given several times.
  public List<String> texts(String option) {
    return given.hasMatchedOption(option) ? given.matchedOption(option).getValue() : List.of();
  }

  /// The value of an option that was given and must be a whole number.
  ///
  /// @throws Failure if it is none, or too small
  public long number(String option, long least) {
    var text = String.valueOf(text(option));
    try {
      var number = Long.parseLong(text);
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException noNumber) {
      // the message below says it
    }
    throw Failure.usage(
        "%s must be a whole number, at least %s, not '%s'".formatted(option, least, text));
  }

  public boolean flag(String option) {
    return given.hasMatchedOption(option);
  }

  public List<String> positionals() {
    return given.matchedPositionals().stream()
        .flatMap(each -> each.stringValues().stream())
        .distinct()
        .toList();
  }
}
