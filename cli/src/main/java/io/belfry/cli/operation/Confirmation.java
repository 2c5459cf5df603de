package io.belfry.cli.operation;

import io.belfry.cli.catalogue.Definition;
import io.belfry.cli.catalogue.OperationEntry;
import io.belfry.cli.catalogue.TypeUse;
import io.belfry.cli.command.Invocation;
import io.belfry.cli.output.Cells;
import io.belfry.cli.output.PrettyJson;
import io.belfry.cli.shell.Failure;
import io.belfry.sdk.Json;
import io.belfry.sdk.Operation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a change would touch, shown before it is made.
///
/// @param target the entity whose objects the operation acts on; absent if it acts on none
record Confirmation(Invocation invocation, OperationEntry operation, @Nullable Definition target) {
  private static final String WHERE = "where";
  private static final int MOST_SHOWN = 10;

  /// What would be touched goes to standard output, what would be sent to standard error.
  void dryRun(Json body) {
    var err = invocation.surroundings().err();
    err.printf(
        "Nothing is changed. %s would be sent:%n%s%n", operation.path(), PrettyJson.of(body));
    if (target != null && target.listPath() != null) {
      new Results(invocation, new TypeUse(TypeUse.Kind.ENTITY, target.name(), true))
          .rows(touched(body, target.listPath()));
    }
  }

  /// Asks where something may be taken away that nobody thought of, and says what to send then: the
  /// objects that were shown and no others, whatever meets the condition by then.
  ///
  /// @throws Failure if the answer is no, or nobody can be asked
  Json confirmed(Json body, Definition target) {
    if (!mustBeAsked()) {
      return body;
    }
    if (target.listPath() == null || !body.isObject()) {
      ask("");
      return body;
    }
    var touched = touched(body, target.listPath());
    ask(list(touched, target));
    var changed = new LinkedHashMap<String, Object>(body.fields());
    var ids = touched.stream().map(each -> each.get("id")).toList();
    changed.put(WHERE, Json.object("id_in", Json.of(ids)));
    return Json.of(changed);
  }

  /// Who types a name means it; a condition may meet more than was thought of, wherever it stands.
  private boolean mustBeAsked() {
    return operation.isDestructive()
        && invocation.positionals().isEmpty()
        && !invocation.flag("--yes");
  }

  private List<Json> touched(Json body, String listPath) {
    var where = Json.object(WHERE, body.get(WHERE));
    return invocation.server().call(Operation.json(listPath), where).elements();
  }

  private String list(List<Json> touched, Definition target) {
    var label = target.label() == null ? "id" : target.label();
    var names =
        touched.stream()
            .limit(MOST_SHOWN)
            .map(each -> "  " + Cells.oneLine(Cells.plain(each.get(label))) + "\n")
            .collect(Collectors.joining());
    var more = touched.size() > MOST_SHOWN ? "  …\n" : "";
    return names
        + more
        + "%s: %s of the kind %s. ".formatted(operation.path(), touched.size(), target.name());
  }

  private void ask(String question) {
    var said = invocation.surroundings().terminal().ask(question + "Go on? [y/N] ");
    if (said == null) {
      throw Failure.usage(
          question
              + "%s takes something away and nobody can be asked: add --yes"
                  .formatted(operation.path()));
    }
    if (!List.of("y", "yes").contains(said.strip().toLowerCase(Locale.ROOT))) {
      throw Failure.usage("nothing was done");
    }
  }
}
