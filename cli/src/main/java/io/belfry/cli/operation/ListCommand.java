package io.belfry.cli.operation;

import io.belfry.cli.catalogue.Catalogue;
import io.belfry.cli.catalogue.Definition;
import io.belfry.cli.catalogue.Field;
import io.belfry.cli.catalogue.Nearest;
import io.belfry.cli.catalogue.OperationEntry;
import io.belfry.cli.command.Command;
import io.belfry.cli.command.CommonOptions;
import io.belfry.cli.command.Invocation;
import io.belfry.cli.command.Values;
import io.belfry.cli.command.Watch;
import io.belfry.cli.shell.ExitCode;
import io.belfry.cli.shell.Failure;
import io.belfry.cli.shell.Surroundings;
import io.belfry.sdk.Json;
import io.belfry.sdk.Listing;
import io.belfry.sdk.Operation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// Lists or counts objects.
public record ListCommand(Catalogue catalogue, OperationEntry operation) implements Command {
  private static final List<String> COUNTS = List.of("first", "last", "skip");
  private static final List<String> IDS = List.of("after", "before");

  @Override
  public CommandSpec spec() {
    var spec = OperationCommand.named(this, operation);
    var entity = entity();
    CommonOptions.listing().forEach(spec::addOption);
    spec.addOption(CommonOptions.json());
    if (operation.kind() == OperationEntry.Kind.LIST) {
      spec.addOption(CommonOptions.columns());
      spec.addOption(Watch.option());
    }
    if (entity.hasNames()) {
      spec.addPositional(
          PositionalParamSpec.builder()
              .paramLabel("NAME|ID")
              .arity("0..*")
              .type(List.class)
              .auxiliaryTypes(String.class)
              .description("Those with these names or ids.")
              .build());
    }
    return spec;
  }

  private Definition entity() {
    return catalogue.definition(operation.result());
  }

  @Override
  public Values values(String option, Surroundings surroundings) {
    return option.equals(WORDS)
        ? new Values.Names(entity().name())
        : fields(option, catalogue, operation);
  }

  /// The fields that some options name.
  static Values fields(String option, Catalogue catalogue, OperationEntry operation) {
    var isField = option.equals("--columns") || option.equals("--order");
    return new Values.Words(
        isField
            ? catalogue.definition(operation.result()).shown().stream()
                .filter(each -> option.equals("--columns") || each.filter().orderable())
                .map(Field::name)
                .toList()
            : List.of());
  }

  @Override
  public ExitCode run(Invocation invocation) {
    var query = query(invocation);
    if (operation.kind() != OperationEntry.Kind.LIST) {
      var answer = invocation.server().call(operation, query);
      var count = answer.get("aggregate").get("count");
      invocation
          .output()
          .value(
              invocation.output().format().isForPrograms() ? Json.object("count", count) : count);
      return ExitCode.OK;
    }
    var results = new Results(invocation, operation.result());
    Watch.show(invocation, () -> results.rows(rows(invocation, query)));
    return ExitCode.OK;
  }

  /// A page at a time, unless the list is read from its end.
  private List<Json> rows(Invocation invocation, Json query) {
    if (query.has("last") || query.has("before")) {
      return invocation.server().call(operation, query).elements();
    }
    var list = Operation.jsons(operation.path());
    invocation.server().explain(list, query);
    return new Listing<>(invocation.server().client(), list, each -> each.get("id").asText())
        .stream(query).toList();
  }

  /// The request that the options make.
  Json query(Invocation invocation) {
    var given = invocation.text("--json");
    var query =
        new LinkedHashMap<String, Json>(
            given == null
                ? Map.of()
                : new Request(operation, new Arguments(List.of(), null), invocation)
                    .body()
                    .fields());
    Targets.of(invocation, entity()).ifPresent(where -> query.put("where", where));
    var order = invocation.text("--order");
    if (order != null) {
      query.put("orderBy", Json.of(order(order)));
    }
    for (var key : COUNTS) {
      if (invocation.flag("--" + key)) {
        query.put(key, Json.of(invocation.number("--" + key, 0)));
      }
    }
    for (var key : IDS) {
      var id = invocation.text("--" + key);
      if (id != null) {
        query.put(key, Json.of(id));
      }
    }
    return Json.of(query);
  }

  /// `name`, `name:desc` or the API's own `name_DESC`.
  private String order(String given) {
    var name = given.replaceFirst("(?i)(:|_)(asc|desc)$", "");
    var entity = entity();
    var fields =
        entity.fields().stream()
            .filter(each -> each.filter().orderable())
            .map(Field::name)
            .toList();
    if (!fields.contains(name)) {
      throw Failure.usage(
          "--order: %s can't be ordered by '%s'%s"
              .formatted(entity.name(), name, Nearest.question(name, fields)));
    }
    return name + (given.toLowerCase(Locale.ROOT).endsWith("desc") ? "_DESC" : "_ASC");
  }
}
