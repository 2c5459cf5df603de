package io.belfry.cli;

import io.belfry.cli.catalogue.Catalogue;
import io.belfry.cli.catalogue.OperationEntry;
import io.belfry.cli.command.Command;
import io.belfry.cli.command.CommonOptions;
import io.belfry.cli.completion.CompletionCommand;
import io.belfry.cli.dashboard.DashboardCommand;
import io.belfry.cli.login.ContextCommands;
import io.belfry.cli.login.LoginCommand;
import io.belfry.cli.operation.ApiCommand;
import io.belfry.cli.operation.ListCommand;
import io.belfry.cli.operation.OperationCommand;
import io.belfry.cli.recording.RecordingCommands;
import io.belfry.cli.task.TaskWaitCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;

/// All commands. What a group and an operation take is found out only for those that occur among
/// the words given, since there are hundreds of them.
final class CommandTree {
  /// What people call creating, once they say from which template.
  private static final Map<String, String> FROM_TEMPLATE =
      Map.of("create-vm", "create-vm-from-content-library-template");

  private static final String TEMPLATE = "--template";

  private final Catalogue catalogue;

  CommandTree(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /// @param words what was given
  CommandSpec root(List<String> words) {
    var root = CommandSpec.create().name("belfry");
    CommonOptions.everywhere().forEach(root::addOption);
    root.usageMessage()
        .description("Drives CloudTower and Belfry from the command line.")
        .synopsisSubcommandLabel("GROUP VERB")
        .footer(footer());
    add(root, new LoginCommand().spec());
    add(root, ContextCommands.spec());
    add(root, new ApiCommand(catalogue).spec());
    add(root, new CompletionCommand().spec());
    add(root, new DashboardCommand(catalogue).spec());
    add(root, RecordingCommands.spec());
    catalogue.groups().stream()
        .filter(words::contains)
        .forEach(each -> add(root, group(each, Set.copyOf(words))));
    return root;
  }

  private static void add(CommandSpec parent, CommandSpec child) {
    complete(child);
    parent.addSubcommand(child.name(), child);
  }

  private static void complete(CommandSpec spec) {
    for (var option : CommonOptions.everywhere()) {
      if (!spec.optionsMap().containsKey(option.longestName())) {
        spec.addOption(option);
      }
    }
    spec.subcommands().values().forEach(each -> complete(each.getCommandSpec()));
  }

  private CommandSpec group(String name, Set<String> words) {
    var group = CommandSpec.create().name(name);
    group.usageMessage().synopsisSubcommandLabel("VERB");
    for (var operation : catalogue.operations(name)) {
      var isAsked = words.contains(operation.verb());
      var spec = isAsked ? command(meant(operation, words)).spec() : stub(operation);
      group.addSubcommand(operation.verb(), spec);
    }
    if (name.equals("task")) {
      add(group, new TaskWaitCommand().spec());
    }
    return group;
  }

  private OperationEntry meant(OperationEntry operation, Set<String> words) {
    var templated = FROM_TEMPLATE.get(operation.path());
    var hasTemplate = words.stream().anyMatch(each -> each.split("=", 2)[0].equals(TEMPLATE));
    return templated != null && hasTemplate
        ? catalogue.operation(templated).orElseThrow()
        : operation;
  }

  /// Enough for the group's help.
  private static CommandSpec stub(OperationEntry operation) {
    var spec = CommandSpec.create().name(operation.verb());
    spec.usageMessage().description(CommonOptions.escaped(operation.doc()));
    return spec;
  }

  /// The command for an operation.
  public Command command(OperationEntry operation) {
    return operation.kind() == OperationEntry.Kind.OTHER
        ? new OperationCommand(catalogue, operation)
        : new ListCommand(catalogue, operation);
  }

  private String[] footer() {
    var lines = new ArrayList<String>();
    lines.add("");
    lines.add("Groups, each with its verbs ('belfry vm --help' lists those of vm):");
    var line = new StringBuilder(" ");
    for (var group : catalogue.groups()) {
      if (line.length() + group.length() + 1 > 78) {
        lines.add(line.toString());
        line = new StringBuilder(" ");
      }
      line.append(' ').append(group);
    }
    lines.add(line.toString());
    lines.add("");
    lines.add("belfry up, demo and build are about the server: see belfry help.");
    return lines.toArray(String[]::new);
  }
}
