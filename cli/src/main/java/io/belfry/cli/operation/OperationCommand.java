package io.belfry.cli.operation;

import io.belfry.cli.catalogue.Catalogue;
import io.belfry.cli.catalogue.Definition;
import io.belfry.cli.catalogue.OperationEntry;
import io.belfry.cli.catalogue.TypeUse;
import io.belfry.cli.command.Command;
import io.belfry.cli.command.CommonOptions;
import io.belfry.cli.command.Invocation;
import io.belfry.cli.command.Values;
import io.belfry.cli.shell.ExitCode;
import io.belfry.cli.shell.Surroundings;
import io.belfry.cli.task.TaskWaiting;
import io.belfry.sdk.Json;
import io.belfry.sdk.Operation;
import io.belfry.sdk.TaskFailedException;
import io.belfry.sdk.model.Task;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// Calls an operation that neither lists nor counts.
public record OperationCommand(Catalogue catalogue, OperationEntry operation) implements Command {

  /// A command that is called as the operation is, and tells what it does.
  static CommandSpec named(Command command, OperationEntry operation) {
    var spec = CommandSpec.wrapWithoutInspection(command).name(operation.verb());
    spec.usageMessage()
        .description(CommonOptions.escaped(operation.doc()))
        .footer("", "Calls %s; %s in the SDKs.".formatted(operation.path(), operation.name()));
    CommonOptions.everywhere().forEach(spec::addOption);
    return spec;
  }

  @Override
  public CommandSpec spec() {
    var spec = named(this, operation);
    if (operation.sent() != null) {
      spec.addOption(CommonOptions.json());
    }
    if (!operation.reads()) {
      CommonOptions.changing().forEach(spec::addOption);
    }
    if (operation.hasTasks()) {
      CommonOptions.waiting().forEach(spec::addOption);
    }
    if (!operation.result().is(TypeUse.Kind.SCALAR)) {
      spec.addOption(CommonOptions.columns());
    }
    if (takesQuery()) {
      CommonOptions.listing().forEach(spec::addOption);
      return spec;
    }
    var arguments = arguments();
    arguments.targets().ifPresent(entity -> addTargets(spec, entity));
    arguments.fields().forEach(each -> spec.addOption(each.spec(catalogue)));
    return spec;
  }

  private static void addTargets(CommandSpec spec, Definition entity) {
    spec.addOption(CommonOptions.where());
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel(entity.hasNames() ? "NAME|ID" : "ID")
            .arity("0..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description("Which objects of the kind " + entity.name() + ".")
            .build());
  }

  /// The same options whatever was given, so that a name always means the same.
  private Arguments arguments() {
    var taken = new HashSet<String>();
    List.of(
            CommonOptions.everywhere(),
            CommonOptions.changing(),
            CommonOptions.waiting(),
            List.of(CommonOptions.where(), CommonOptions.json(), CommonOptions.columns()))
        .forEach(options -> options.forEach(each -> taken.addAll(names(each))));
    return Arguments.of(catalogue, operation, taken);
  }

  private static Set<String> names(OptionSpec option) {
    return Set.of(option.names());
  }

  /// Whether it is asked like a list, though it answers something else.
  private boolean takesQuery() {
    var sent = operation.sent();
    return sent != null && sent.is(TypeUse.Kind.LIST_REQUEST);
  }

  @Override
  public Values values(String option, Surroundings surroundings) {
    var target = arguments().target();
    if (option.equals(WORDS) && target != null) {
      return new Values.Names(target.name());
    }
    var refers =
        arguments().fields().stream()
            .filter(each -> each.option().equals(option) && each.field().refers() != null)
            .findFirst();
    return refers.isPresent()
        ? new Values.Names(String.valueOf(refers.get().field().refers()))
        : ListCommand.fields(option, catalogue, operation);
  }

  @Override
  public ExitCode run(Invocation invocation) {
    var body =
        takesQuery()
            ? new ListCommand(catalogue, operation).query(invocation)
            : new Request(operation, arguments(), invocation).body();
    var target = arguments().target();
    var confirmation = new Confirmation(invocation, operation, target);
    if (invocation.flag("--dry-run")) {
      confirmation.dryRun(body);
      return ExitCode.OK;
    }
    var confirmed = target == null ? body : confirmation.confirmed(body, target);
    var answer =
        Uploading.isTakenBy(operation, catalogue)
            ? new Uploading(invocation, operation).send(confirmed)
            : invocation.server().call(operation, confirmed);
    if (operation.hasTasks()) {
      return changed(invocation, answer);
    }
    new Results(invocation, operation.result()).answer(answer);
    return ExitCode.OK;
  }

  private ExitCode changed(Invocation invocation, Json answer) {
    var accepted = answer.isArray() ? answer.elements() : List.of(answer);
    var tasks =
        accepted.stream()
            .map(each -> each.get("task_id"))
            .filter(each -> !each.isNull())
            .map(Json::asText)
            .distinct()
            .toList();
    if (invocation.flag("--no-wait")) {
      accepted(invocation, answer, tasks);
      return ExitCode.OK;
    }
    try {
      new TaskWaiting(invocation.surroundings(), invocation.server())
          .await(tasks, TaskWaiting.timeout(invocation));
    } catch (TaskFailedException failed) {
      var lost = failed.failed().stream().map(Task::id).collect(Collectors.toSet());
      var done =
          accepted.stream()
              .filter(each -> !lost.contains(String.valueOf(each.get("task_id").value())))
              .toList();
      if (!done.isEmpty()) {
        new Results(invocation, operation.result()).rows(now(invocation, done));
      }
      throw failed;
    }
    var now = now(invocation, accepted);
    if (invocation.output().format().isForPrograms() || (!now.isEmpty() && tellsMoreThanIds())) {
      new Results(invocation, operation.result()).rows(now);
    }
    return ExitCode.OK;
  }

  /// What is gone has no more than an id, which nobody wants to read.
  private boolean tellsMoreThanIds() {
    return catalogue.definition(operation.result()).fields().size() > 1;
  }

  private void accepted(Invocation invocation, Json answer, List<String> tasks) {
    if (invocation.output().format().isForPrograms()) {
      invocation.output().value(answer);
    } else {
      tasks.forEach(invocation.surroundings().out()::println);
      invocation
          .surroundings()
          .err()
          .println("The tasks go on; 'belfry task wait ID…' waits for them.");
    }
  }

  /// The objects as they are now; those that are gone by now are left out.
  private List<Json> now(Invocation invocation, List<Json> accepted) {
    var data = accepted.stream().map(each -> each.get("data")).filter(Json::isObject).toList();
    if (!operation.result().is(TypeUse.Kind.ENTITY)) {
      return data;
    }
    var list = catalogue.definition(operation.result()).listPath();
    if (list == null || data.isEmpty()) {
      return data;
    }
    var ids = data.stream().map(each -> each.get("id").asText()).distinct().toList();
    var found =
        invocation
            .server()
            .call(Operation.json(list), Json.object("where", Json.object("id_in", ids)))
            .elements();
    return ids.stream()
        .flatMap(id -> found.stream().filter(each -> each.get("id").asText().equals(id)))
        .toList();
  }
}
