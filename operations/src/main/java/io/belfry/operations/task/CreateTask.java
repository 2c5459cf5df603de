package io.belfry.operations.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import io.belfry.operations.input.Params;
import io.belfry.problem.ProblemCode;
import io.belfry.store.rows.ClusterRow;
import io.belfry.store.rows.TaskEdit;
import io.belfry.store.rows.TaskRow;
import io.belfry.store.rows.TaskStatus;
import io.belfry.store.rows.TaskType;
import io.belfry.store.rows.UserRow;
import java.util.ArrayList;
import java.util.List;

/// `create-task`: shows the work of another program as a task. That program tells how it goes on
/// with `update-task`; Belfry does nothing itself.
public final class CreateTask implements Mutation {
  @Override
  public String path() {
    return "create-task";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var decided = new ArrayList<Decided>();
    for (var params : decision.body().elements()) {
      decided.add(create(decision, params));
    }
    return decided;
  }

  private static Decided create(Decision decision, Params params) {
    var id = params.optionalText("id").orElseGet(decision.tools().ids()::cuid);
    if (decision.transaction().find(TaskRow.TYPE, id).isPresent()) {
      throw params.refused(
          ProblemCode.DUPLICATE,
          "id",
          "%s.id: there is a task %s already".formatted(params.path(), id));
    }
    decision.require(UserRow.TYPE, params.text("user_id"), params.path() + ".user_id");
    params
        .optionalText("cluster_id")
        .ifPresent(
            cluster -> decision.require(ClusterRow.TYPE, cluster, params.path() + ".cluster_id"));
    var status = params.optionalText("status").map(TaskStatus::of).orElse(TaskStatus.PENDING);
    var edit =
        TaskEdit.edit()
            .id(id)
            .userId(params.text("user_id"))
            .internal(params.flag("internal", false))
            .localCreatedAt(decision.tools().clock().instant())
            .resourceType(params.text("resource_type"))
            .resourceMutation(params.text("resource_mutation"))
            .description(Published.description(params.object("description")))
            .status(status)
            .progress(status == TaskStatus.SUCCESSED ? 1 : 0)
            .steps(Published.steps(params))
            .args(args(params))
            .snapshot(params.optionalText("snapshot").orElse("{}"))
            .clusterId(params.textOrNull("cluster_id"))
            .resourceId(params.textOrNull("resource_id"))
            .key(params.textOrNull("key"))
            .startedAt(Published.instant(params, "started_at"))
            .finishedAt(Published.instant(params, "finished_at"));
    params.optionalText("type").map(TaskType::of).ifPresent(edit::type);
    decision.transaction().insert(edit);
    return new Decided(null, id);
  }

  private static JsonNode args(Params params) {
    return params.json().path("args").isObject()
        ? params.json().path("args")
        : JsonNodeFactory.instance.objectNode();
  }
}
