package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.hypervisor.Cpu;
import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import io.belfry.operations.Tools;
import io.belfry.operations.input.Params;
import io.belfry.problem.ProblemCode;
import io.belfry.store.Transaction;
import io.belfry.store.rows.ContentLibraryVmTemplateRow;
import io.belfry.store.rows.VmEdit;
import io.belfry.store.rows.VmFirmware;
import io.belfry.store.rows.VmGuestsOperationSystem;
import io.belfry.store.rows.VmTemplateRow;
import io.belfry.store.rows.VmVideoType;
import io.belfry.tasks.RunningTask;
import io.belfry.tasks.TaskWork;
import java.util.List;
import java.util.Optional;

/// `create-vm-from-content-library-template`: creates VMs with the configuration and the content of
/// a template; what the request says goes before what the template says. Guide: 从模版创建虚拟机.
final class CreateVmFromContentLibraryTemplate implements Mutation, TaskWork {
  private final VmCreation creation;

  CreateVmFromContentLibraryTemplate(Tools tools) {
    this.creation = new VmCreation(tools);
  }

  @Override
  public String path() {
    return "create-vm-from-content-library-template";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    return NewVms.queue(decision, path(), CreateVmFromContentLibraryTemplate::write);
  }

  private static ObjectNode write(NewVm vm) {
    var decision = vm.decision();
    var params = vm.params();
    var library =
        decision.require(
            ContentLibraryVmTemplateRow.TYPE,
            params.text("template_id"),
            params.path() + ".template_id");
    var template = inCluster(decision, library, vm, params);
    var cpu =
        CpuParams.read(
            params,
            new Cpu(
                template.cpu().path("sockets").intValue(),
                template.cpu().path("cores").intValue()));
    var memoryBytes = params.inBaseUnit("memory").orElse(template.memory());
    var edit =
        configuration(template, library)
            .cpu(CpuParams.json(cpu))
            .vcpu(cpu.count())
            .memory(memoryBytes);
    params.optionalText("firmware").map(VmFirmware::of).ifPresent(edit::firmware);
    var payload = vm.write(edit, memoryBytes);
    new TemplateDevices(decision, template, vm).add(params);
    params
        .optionalObject("cloud_init")
        .ifPresent(cloudInit -> {
          refuseWithoutCloudInit(template, params);
          payload.set(VmCreation.CLOUD_INIT, cloudInit.json());
        });
    return payload;
  }

  /// The copy of the template that the VM's cluster has.
  private static VmTemplateRow inCluster(
      Decision decision, ContentLibraryVmTemplateRow library, NewVm vm, Params params) {
    return decision
        .transaction()
        .related(VmTemplateRow.TYPE, "content_library_vm_template", List.of(library.id()))
        .stream()
        .filter(template -> template.clusterId().equals(vm.cluster().id()))
        .findFirst()
        .orElseThrow(() ->
            params.refused(
                ProblemCode.PRECONDITION,
                "template_id",
                "%s.template_id: template %s is not distributed to cluster %s"
                    .formatted(params.path(), library.name(), vm.cluster().name())));
  }

  private static VmEdit configuration(VmTemplateRow template, ContentLibraryVmTemplateRow library) {
    var edit =
        NewVm.blank()
            .firmware(template.firmware())
            .ha(template.ha())
            .clockOffset(template.clockOffset())
            .cpuModel(template.cpuModel())
            .winOpt(template.winOpt())
            .ioPolicy(template.ioPolicy())
            .maxIops(template.maxIops())
            .maxIopsPolicy(template.maxIopsPolicy())
            .maxBandwidth(template.maxBandwidth())
            .maxBandwidthPolicy(template.maxBandwidthPolicy())
            .cloudInitSupported(template.cloudInitSupported())
            .os(library.os());
    if (template.videoType() != null) {
      edit.videoType(VmVideoType.of(template.videoType()));
    }
    var guestOs = library.templateConfig();
    if (guestOs != null && guestOs.hasNonNull("guest_os_type")) {
      edit.guestOsType(VmGuestsOperationSystem.of(guestOs.path("guest_os_type").textValue()));
    }
    return edit;
  }

  private static void refuseWithoutCloudInit(VmTemplateRow template, Params params) {
    if (!template.cloudInitSupported()) {
      throw params.refused(
          ProblemCode.PRECONDITION,
          "cloud_init",
          "%s.cloud_init: template %s does not support cloud-init"
              .formatted(params.path(), template.name()));
    }
  }

  @Override
  public Recording act(RunningTask task) throws InterruptedException {
    return creation.act(task);
  }

  @Override
  public Optional<Undo> undo(RunningTask task) {
    return creation.undo(task);
  }

  @Override
  public void rollBack(Transaction transaction, RunningTask task) {
    creation.rollBack(transaction, task);
  }
}
