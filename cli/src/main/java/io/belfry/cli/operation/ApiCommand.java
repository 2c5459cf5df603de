package io.belfry.cli.operation;

import io.belfry.cli.catalogue.Catalogue;
import io.belfry.cli.catalogue.OperationEntry;
import io.belfry.cli.catalogue.TypeUse;
import io.belfry.cli.command.Command;
import io.belfry.cli.command.CommonOptions;
import io.belfry.cli.command.Invocation;
import io.belfry.cli.command.Values;
import io.belfry.cli.output.Format;
import io.belfry.cli.output.Output;
import io.belfry.cli.shell.ExitCode;
import io.belfry.cli.shell.Surroundings;
import io.belfry.sdk.Operation;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `belfry api get-vms --json …`: any operation by its path, also one that this version doesn't
/// know. Waits for no task.
public record ApiCommand(Catalogue catalogue) implements Command {
  @Override
  public CommandSpec spec() {
    var spec = CommandSpec.wrapWithoutInspection(this).name("api");
    spec.usageMessage()
        .description("Calls an operation by its path and shows the answer as it is.");
    CommonOptions.everywhere().forEach(spec::addOption);
    spec.addOption(CommonOptions.json());
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("PATH")
            .arity("1")
            .type(String.class)
            .description("The operation, such as get-vms.")
            .build());
    return spec;
  }

  @Override
  public Values values(String option, Surroundings surroundings) {
    return new Values.Words(option.equals(WORDS) ? catalogue.paths() : List.of());
  }

  @Override
  public ExitCode run(Invocation invocation) {
    var path = invocation.positionals().get(0).replaceFirst("^(/v2/api)?/", "");
    var known = catalogue.operation(path).orElseGet(() -> unknown(path));
    var body = new Request(known, new Arguments(List.of(), null), invocation).body();
    var format =
        invocation.output().format() == Format.TABLE ? Format.JSON : invocation.output().format();
    new Output(invocation.surroundings(), format).value(invocation.server().call(known, body));
    return ExitCode.OK;
  }

  private static OperationEntry unknown(String path) {
    var anything = new TypeUse(TypeUse.Kind.SCALAR, "JSON", false);
    return new OperationEntry(
        path,
        path,
        path,
        "",
        Operation.Encoding.JSON,
        false,
        false,
        OperationEntry.Kind.OTHER,
        anything,
        anything);
  }
}
