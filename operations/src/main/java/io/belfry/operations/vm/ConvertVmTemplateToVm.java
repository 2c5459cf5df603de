package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.hypervisor.Consistency;
import io.belfry.hypervisor.HypervisorException;
import io.belfry.hypervisor.SnapshotId;
import io.belfry.hypervisor.VolumeId;
import io.belfry.operations.Busy;
import io.belfry.operations.Decision;
import io.belfry.operations.Tools;
import io.belfry.operations.device.TemplateDisk;
import io.belfry.operations.input.Params;
import io.belfry.problem.ProblemCode;
import io.belfry.store.Transaction;
import io.belfry.store.rows.EntityAsyncStatus;
import io.belfry.store.rows.VmTemplateEdit;
import io.belfry.store.rows.VmTemplateRow;
import io.belfry.store.rows.VmVolumeRow;
import io.belfry.tasks.RunningTask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// `convert-vm-template-to-vm`: makes stopped VMs of templates of a cluster, which are no templates
/// any more. Their volumes become the VMs'.
record ConvertVmTemplateToVm(VmCreation creation, Tools tools) implements CreatesVms {
  private static final String ORIGIN = "converted_from_template_id";
  private static final String TEMPLATE = "template";
  private static final String VOLUMES = "template_volumes";

  ConvertVmTemplateToVm(Tools tools) {
    this(new VmCreation(tools), tools);
  }

  @Override
  public String path() {
    return "convert-vm-template-to-vm";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var requested =
        decision.body().elements().stream()
            .map(params ->
                OriginCluster.named(params, ORIGIN, template(decision, params).clusterId()))
            .toList();
    return NewVms.queue(decision, path(), requested, ConvertVmTemplateToVm::write);
  }

  private static VmTemplateRow template(Decision decision, Params params) {
    var id = params.text(ORIGIN);
    decision.transaction().lock(VmTemplateRow.TYPE, List.of(id));
    var template = decision.require(VmTemplateRow.TYPE, id, params.path() + "." + ORIGIN);
    Busy.refuse("VM_TEMPLATE", template.id(), template.entityAsyncStatus());
    if (template.contentLibraryVmTemplateId() != null) {
      throw params.refused(
          ProblemCode.PRECONDITION,
          ORIGIN,
          "%s.%s: template %s is a copy of one of the content library, and stays as long as that"
              .formatted(params.path(), ORIGIN, template.name()));
    }
    return template;
  }

  private static ObjectNode write(NewVm vm) {
    var transaction = vm.decision().transaction();
    var template = template(vm.decision(), vm.params());
    transaction.update(
        template.id(), VmTemplateEdit.edit().entityAsyncStatus(EntityAsyncStatus.DELETING));
    var payload = vm.write(FromTemplate.configuration(template), template.cpu(), template.memory());
    var devices =
        new FrozenDevices(vm, template.vmDisks(), template.vmNics(), UnaryOperator.identity());
    var volumes = new ArrayList<String>();
    for (var disk : devices.disks()) {
      var localId = disk.required("vm_volume_local_id").textValue();
      var volume = vm.volumes().add(devices.volume(disk), localId);
      volumes.add(volume.id());
      devices.mountDisk(disk, transaction.find(VmVolumeRow.TYPE, volume.id()).orElseThrow());
    }
    devices.drives().forEach(devices::copyDrive);
    devices.addNics(vm.params());
    Payloads.putAll(payload, VOLUMES, volumes);
    return payload.put(TEMPLATE, template.id());
  }

  @Override
  public Recording act(RunningTask task) throws InterruptedException {
    var made = creation.act(task);
    try {
      for (var disk : disks(task)) {
        tools.driver().deleteSnapshot(disk.snapshot());
      }
    } catch (HypervisorException e) {
      throw Faults.asTaskFailure(e);
    }
    return made.then(
        transaction -> transaction.delete(VmTemplateRow.TYPE, List.of(templateId(task))));
  }

  /// The template is there again, as it was: nobody has written its volumes meanwhile.
  @Override
  public Optional<Undo> undo(RunningTask task) {
    return creation
        .undo(task)
        .map(undo ->
            Faults.asTaskFailures(() -> {
              var recording = undo.run();
              var snapshots = new LinkedHashMap<SnapshotId, VolumeId>();
              disks(task).forEach(disk -> snapshots.put(disk.snapshot(), disk.volume()));
              if (!snapshots.isEmpty()) {
                tools.driver().snapshot(snapshots, Consistency.CRASH);
              }
              return recording;
            }));
  }

  @Override
  public void rollBack(Transaction transaction, RunningTask task) {
    creation.rollBack(transaction, task);
    VmRemoval.removeVolumes(transaction, Payloads.texts(task.payload(), VOLUMES));
    transaction.update(templateId(task), VmTemplateEdit.edit().entityAsyncStatus(null));
  }

  private List<TemplateDisk> disks(RunningTask task) {
    return tools
        .store()
        .read(transaction -> transaction.find(VmTemplateRow.TYPE, templateId(task)))
        .map(template -> TemplateDisk.of(template.vmDisks()))
        .orElse(List.of());
  }

  private static String templateId(RunningTask task) {
    return task.payload().required(TEMPLATE).textValue();
  }
}
