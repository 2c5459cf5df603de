package io.belfry.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.belfry.operations.IdempotencyKeys.Keyed;
import io.belfry.operations.datacenter.DatacenterOperations;
import io.belfry.operations.folder.FolderOperations;
import io.belfry.operations.ha.RestartLostVm;
import io.belfry.operations.input.BodyCheck;
import io.belfry.operations.input.Params;
import io.belfry.operations.iscsi.IscsiOperations;
import io.belfry.operations.label.LabelOperations;
import io.belfry.operations.network.NetworkOperations;
import io.belfry.operations.organization.OrganizationOperations;
import io.belfry.operations.placement.PlacementGroupOperations;
import io.belfry.operations.setting.SettingOperations;
import io.belfry.operations.snapshot.CreateVmSnapshot;
import io.belfry.operations.snapshot.DeleteVmSnapshot;
import io.belfry.operations.task.CreateTask;
import io.belfry.operations.task.UpdateTask;
import io.belfry.operations.template.TemplateOperations;
import io.belfry.operations.user.Credentials;
import io.belfry.operations.user.UserOperations;
import io.belfry.operations.vm.VmOperations;
import io.belfry.operations.volume.VolumeOperations;
import io.belfry.query.Language;
import io.belfry.schema.Operation;
import io.belfry.schema.Schema;
import io.belfry.schema.Type;
import io.belfry.store.Actor;
import io.belfry.store.Transaction;
import io.belfry.store.read.EntityReader;
import io.belfry.tasks.TaskEngine;
import io.belfry.tasks.TaskWork;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// All operations that are built, by path, and the way of a call through one of them: check the
/// body, decide in a transaction, answer with what was decided. Thread-safe.
public final class Operations {
  private final Tools tools;
  private final TaskEngine tasks;
  private final EntityReader reader;
  private final BodyCheck bodies;
  private final Map<String, Mutation> mutations;

  /// The operations that Belfry has built.
  public static Operations built(
      Tools tools, TaskEngine tasks, EntityReader reader, Credentials credentials) {
    var mutations = new ArrayList<>(VmOperations.all(tools));
    mutations.addAll(VolumeOperations.all(tools));
    mutations.add(new CreateVmSnapshot(tools));
    mutations.add(new DeleteVmSnapshot(tools));
    mutations.addAll(TemplateOperations.all(tools));
    mutations.addAll(IscsiOperations.all(tools));
    mutations.addAll(LabelOperations.all());
    mutations.addAll(FolderOperations.all());
    mutations.addAll(SettingOperations.all());
    mutations.addAll(UserOperations.all(credentials));
    mutations.addAll(NetworkOperations.all());
    mutations.addAll(PlacementGroupOperations.all(tools));
    mutations.addAll(DatacenterOperations.all());
    mutations.addAll(OrganizationOperations.all());
    mutations.add(new CreateTask());
    mutations.add(new UpdateTask());
    return new Operations(tools, tasks, reader, mutations);
  }

  Operations(Tools tools, TaskEngine tasks, EntityReader reader, List<Mutation> mutations) {
    this.tools = tools;
    this.tasks = tasks;
    this.reader = reader;
    this.bodies = new BodyCheck(schema(tools));
    var byPath = new TreeMap<String, Mutation>();
    mutations.forEach(mutation -> byPath.put(mutation.path(), mutation));
    this.mutations = Collections.unmodifiableMap(byPath);
  }

  /// Whether there is an operation with this path here.
  public boolean isBuilt(String path) {
    return mutations.containsKey(path);
  }

  /// What does the tasks of these operations, and of Belfry's own, by path.
  public Map<String, TaskWork> works() {
    var works = new TreeMap<String, TaskWork>();
    works.put(RestartLostVm.PATH, new RestartLostVm(tools));
    mutations.forEach((path, mutation) -> {
      if (mutation instanceof TaskWork work) {
        works.put(path, work);
      }
    });
    return works;
  }

  /// Carries out a call as far as its answer; its tasks go on afterwards.
  ///
  /// @param key what the caller calls this request, so that it is carried out once however often it
  ///   arrives
  /// @return the answer's JSON: objects with their tasks
  /// @throws io.belfry.problem.ProblemException if the call is refused; then nothing has changed
  public JsonNode answer(
      Operation operation, Caller caller, Optional<String> key, JsonNode body, Language language) {
    var mutation = mutations.get(operation.path());
    if (mutation == null) {
      throw new IllegalArgumentException(operation.path() + " is not built");
    }
    var checked = operation.bodyUse().map(use -> bodies.check(use, body)).orElse(body);
    var keyed = key.map(given -> new Keyed(caller, given, operation.path(), body));
    return tools
        .store()
        .write(transaction -> {
          transaction.actFor(Actor.user(caller.userId()));
          var earlier = keyed.flatMap(request -> IdempotencyKeys.take(transaction, request));
          if (earlier.isPresent()) {
            return answer(operation, transaction, earlier.get(), language);
          }
          var params = new Params("body", checked);
          var decided = mutation.decide(new Decision(tools, tasks, transaction, caller, params));
          keyed.ifPresent(request -> IdempotencyKeys.remember(transaction, request, decided));
          return answer(operation, transaction, decided, language);
        });
  }

  private JsonNode answer(
      Operation operation,
      Transaction transaction,
      List<Mutation.Decided> decided,
      Language language) {
    var objects = data(operation, transaction, decided, language);
    var answers = JsonNodeFactory.instance.arrayNode();
    for (var each : decided) {
      var data = objects.getOrDefault(each.id(), idOnly(each.id()));
      answers.addObject().put("task_id", each.taskId()).set("data", data);
    }
    return operation.result().list() ? answers : answers.path(0);
  }

  private Map<String, JsonNode> data(
      Operation operation,
      Transaction transaction,
      List<Mutation.Decided> decided,
      Language language) {
    if (!(operation.result().type() instanceof Type.EntityRef(var name))) {
      return Map.of();
    }
    var ids = decided.stream().map(Mutation.Decided::id).distinct().toList();
    var objects = new TreeMap<String, JsonNode>();
    for (var object : transaction.objects(reader, schema(tools).entity(name), ids, language)) {
      objects.put(object.required("id").textValue(), object);
    }
    return objects;
  }

  private static JsonNode idOnly(String id) {
    return JsonNodeFactory.instance.objectNode().put("id", id);
  }

  private static Schema schema(Tools tools) {
    return tools.store().layout().schema();
  }
}
