package io.belfry.cli.operation;

import io.belfry.cli.catalogue.TypeUse;
import io.belfry.cli.command.Invocation;
import io.belfry.cli.output.Columns;
import io.belfry.sdk.Json;
import java.util.List;

/// Writes answers of one type.
record Results(Invocation invocation, TypeUse type) {
  /// Whatever the server answered.
  void answer(Json answer) {
    if (answer.isArray() && hasFields()) {
      rows(answer.elements());
    } else if (answer.isObject() && hasFields()) {
      invocation.output().object(answer, columns(), isChosen());
    } else {
      invocation.output().value(answer);
    }
  }

  void rows(List<Json> objects) {
    invocation.output().rows(objects, columns(), isChosen());
  }

  private boolean hasFields() {
    return !type.is(TypeUse.Kind.SCALAR) && !type.is(TypeUse.Kind.ENUM);
  }

  private boolean isChosen() {
    return invocation.flag("--columns");
  }

  private Columns columns() {
    var definition = invocation.catalogue().definition(type);
    return isChosen()
        ? Columns.of(invocation.catalogue(), definition, invocation.texts("--columns"))
        : Columns.of(invocation.catalogue(), definition);
  }
}
