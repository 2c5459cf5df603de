package io.belfry.operations;

import io.belfry.operations.input.Params;
import io.belfry.problem.ProblemException;
import io.belfry.query.Language;
import io.belfry.query.ListRequest;
import io.belfry.query.layout.Layout;
import io.belfry.schema.Entity;
import io.belfry.store.Transaction;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.row.RowType;
import io.belfry.tasks.NewTask;
import io.belfry.tasks.TaskEngine;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One call of an operation while it decides: what was asked, by whom, and the transaction to
/// decide in.
public final class Decision {
  private final Tools tools;
  private final TaskEngine tasks;
  private final Transaction transaction;
  private final Caller caller;
  private final Params body;

  Decision(Tools tools, TaskEngine tasks, Transaction transaction, Caller caller, Params body) {
    this.tools = tools;
    this.tasks = tasks;
    this.transaction = transaction;
    this.caller = caller;
    this.body = body;
  }

  /// The request's body, checked.
  public Params body() {
    return body;
  }

  public Transaction transaction() {
    return transaction;
  }

  public Tools tools() {
    return tools;
  }

  public Caller caller() {
    return caller;
  }

  /// Locks the rows that a filter of the request selects, in the order of their ids.
  ///
  /// @param where the filter; an absent one selects everything, as an empty one does
  public <R> List<R> lock(RowType<R> type, Params where) {
    return transaction.lock(type, ids(type, where));
  }

  /// The ids of the rows that a filter of the request selects, in order.
  public List<String> ids(RowType<?> type, Params where) {
    return ids(tools.store().layout().schema().entity(type.entity()), where);
  }

  /// As [#holdIds(Entity, Params)].
  public List<String> holdIds(RowType<?> type, Params where) {
    return holdIds(tools.store().layout().schema().entity(type.entity()), where);
  }

  /// The ids of the rows that a filter of the request selects, in order; nobody removes these rows
  /// before this decision is committed.
  public List<String> holdIds(Entity entity, Params where) {
    var table = Layout.qualified(tools.store().layout().table(entity).name());
    return transaction.query(
        "SELECT id FROM %s WHERE id = ANY (?) ORDER BY id FOR KEY SHARE".formatted(table),
        List.of(ids(entity, where)),
        row -> row.text(1));
  }

  private List<String> ids(Entity entity, Params where) {
    var condition = tools.wheres().parse(entity, where.json(), where.path());
    var sql = tools.compiler().ids(ListRequest.of(entity, condition), Language.EN_US);
    return transaction.query(sql.text(), sql.parameters(), row -> row.text(1));
  }

  /// The row with an id that the request names.
  ///
  /// @param parameter where in the body the id stands
  /// @throws ProblemException if there is none
  public <R> R require(RowType<R> type, String id, String parameter) {
    return transaction.find(type, id).orElseThrow(() -> Missing.row(type, id, parameter));
  }

  /// What a task of the caller is about.
  public NewTask.Subject subject(
      String type, String id, String mutation, @Nullable String cluster) {
    return new NewTask.Subject(type, id, mutation, cluster, caller.userId());
  }

  /// Shows a change that this decision makes itself as a task that has succeeded, so that callers
  /// may wait for it as for any other.
  ///
  /// @return the touched object with its task
  public Mutation.Decided done(LocalizedText description, NewTask.Subject subject) {
    var id = tools.ids().cuid();
    tasks.queue().addDone(transaction, id, description, subject);
    return new Mutation.Decided(id, subject.resourceId());
  }

  /// Queues tasks; they start when this decision is committed.
  ///
  /// @return what each is about, in their order
  public List<Mutation.Decided> queue(Collection<NewTask> queued) {
    tasks.queue().add(transaction, queued);
    return queued.stream()
        .map(task -> new Mutation.Decided(task.id(), task.subject().resourceId()))
        .toList();
  }

  /// Whether a task is one of the server's own that has not ended.
  public boolean isQueued(String taskId) {
    return tasks.queue().has(transaction, taskId);
  }

  /// Cancels a task of the server's own that has not begun.
  ///
  /// @param reason for people
  /// @return false if it has begun
  public boolean cancel(String taskId, String reason) {
    return tasks.cancel(transaction, taskId, reason);
  }
}
