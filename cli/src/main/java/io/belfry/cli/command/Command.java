package io.belfry.cli.command;

import io.belfry.cli.shell.ExitCode;
import picocli.CommandLine.Model.CommandSpec;

/// Something that people can ask for.
public interface Command {
  /// What it is called, what it takes and what it says of itself. Its user object is this command.
  CommandSpec spec();

  ExitCode run(Invocation invocation);
}
