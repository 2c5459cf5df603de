package io.belfry.cli.command;

import io.belfry.cli.shell.ExitCode;
import io.belfry.cli.shell.Surroundings;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// Something that people can ask for.
public interface Command {
  /// Stands for the words that belong to no option.
  String WORDS = "";

  /// What it is called, what it takes and what it says of itself. Its user object is this command.
  CommandSpec spec();

  ExitCode run(Invocation invocation);

  /// What can stand behind an option, for those who are typing it.
  ///
  /// @param option the option's longest name, or [#WORDS]
  default Values values(String option, Surroundings surroundings) {
    return new Values.Words(List.of());
  }
}
