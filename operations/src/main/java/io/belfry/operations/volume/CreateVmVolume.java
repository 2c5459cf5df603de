package io.belfry.operations.volume;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.belfry.hypervisor.HypervisorException;
import io.belfry.hypervisor.VolumeId;
import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import io.belfry.operations.Tools;
import io.belfry.operations.device.Definitions;
import io.belfry.operations.device.Volumes;
import io.belfry.operations.input.Params;
import io.belfry.operations.vm.Faults;
import io.belfry.operations.vm.VmRecords;
import io.belfry.operations.vm.VmRemoval;
import io.belfry.store.Transaction;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.ClusterRow;
import io.belfry.store.rows.VmVolumeEdit;
import io.belfry.store.rows.VmVolumeElfStoragePolicyType;
import io.belfry.store.rows.VmVolumeRow;
import io.belfry.tasks.NewTask;
import io.belfry.tasks.RunningTask;
import io.belfry.tasks.TaskWork;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `create-vm-volume`: creates empty volumes that no VM has yet.
public final class CreateVmVolume implements Mutation, TaskWork {
  private static final String VOLUME = "volume";
  private static final String DEVICE = "volume_device";

  private final Tools tools;

  public CreateVmVolume(Tools tools) {
    this.tools = tools;
  }

  @Override
  public String path() {
    return "create-vm-volume";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var volumes = new Volumes(decision);
    var tasks = new ArrayList<NewTask>();
    for (var params : decision.body().elements()) {
      tasks.add(prepare(decision, volumes, params));
    }
    decision.queue(tasks);
    return tasks.stream().map(task -> new Decided(task.id(), task.subject().resourceId())).toList();
  }

  private NewTask prepare(Decision decision, Volumes volumes, Params params) {
    var cluster =
        decision.require(ClusterRow.TYPE, params.text("cluster_id"), params.path() + ".cluster_id");
    var name = params.text("name");
    var added =
        volumes.add(
            new Volumes.NewVolume(
                cluster.id(),
                name,
                "",
                params.inBaseUnit("size").orElseThrow(),
                VmVolumeElfStoragePolicyType.of(params.text("elf_storage_policy")),
                params.flag("sharing", false)));
    return new NewTask(
        tools.ids().cuid(),
        path(),
        new LocalizedText("Create virtual volume " + name, "创建虚拟卷 " + name),
        decision.subject("VmVolume", added.id(), "createVmVolume", cluster.id()),
        JsonNodeFactory.instance.objectNode().put(VOLUME, added.id()).put(DEVICE, added.localId()));
  }

  @Override
  public Recording act(RunningTask task) throws InterruptedException {
    var definition =
        tools
            .store()
            .read(transaction ->
                new Definitions(transaction)
                    .volume(transaction.find(VmVolumeRow.TYPE, id(task)).orElseThrow()));
    try {
      var seen = tools.driver().createVolume(definition);
      return transaction -> {
        VmRecords.volume(transaction, seen);
        transaction.update(id(task), VmVolumeEdit.edit().entityAsyncStatus(null));
      };
    } catch (HypervisorException e) {
      throw Faults.asTaskFailure(e);
    }
  }

  @Override
  public Optional<Undo> undo(RunningTask task) {
    var volume = new VolumeId(task.payload().required(DEVICE).textValue());
    return Optional.of(
        Faults.asTaskFailures(() -> {
          tools.driver().deleteVolume(volume);
          return Recording.NOTHING;
        }));
  }

  @Override
  public void rollBack(Transaction transaction, RunningTask task) {
    VmRemoval.removeVolumes(transaction, List.of(id(task)));
  }

  private static String id(RunningTask task) {
    return task.payload().required(VOLUME).textValue();
  }
}
