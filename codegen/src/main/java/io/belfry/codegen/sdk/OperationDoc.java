package io.belfry.codegen.sdk;

import io.belfry.schema.Operation;

/// What a method's Javadoc says of its operation.
final class OperationDoc {
  private OperationDoc() {}

  static String of(Operation operation) {
    var doc = new StringBuilder();
    if (!operation.doc().isEmpty()) {
      doc.append(Docs.html(operation.doc())).append("\n<p>");
    }
    doc.append("{@code %s /%s}.".formatted(operation.http().method(), operation.path()));
    doc.append(tasks(operation));
    if (operation.http().isPublic()) {
      doc.append(" Needs no token.");
    }
    GuideSections.of(operation)
        .ifPresent(heading -> doc.append(" In the guide: ").append(heading).append('.'));
    return doc.append('\n').toString();
  }

  private static String tasks(Operation operation) {
    if (!operation.http().task()) {
      return "";
    }
    if (operation.name().startsWith("get")) {
      return " Answered at once: no task is in the answer.";
    }
    return operation.result().list()
        ? " Each object changes in a task of its own; {@code await} waits for them."
        : " The change happens in a task; {@code await} waits for it.";
  }
}
