package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.operations.Busy;
import io.belfry.operations.input.Params;
import io.belfry.problem.ProblemCode;
import io.belfry.store.rows.ContentLibraryVmTemplateRow;
import io.belfry.store.rows.VmEdit;
import io.belfry.store.rows.VmGuestsOperationSystem;
import io.belfry.store.rows.VmTemplateRow;
import io.belfry.store.rows.VmVideoType;
import java.util.Optional;

/// Writes a VM with the configuration and the content of a cluster's template; what the request
/// says goes before what the template says.
final class FromTemplate {
  private FromTemplate() {}

  /// @param library what the template is a copy of, if it is one
  static ObjectNode write(
      NewVm vm, VmTemplateRow template, Optional<ContentLibraryVmTemplateRow> library) {
    Busy.refuse("VM_TEMPLATE", template.id(), template.entityAsyncStatus());
    var params = vm.params();
    var edit = configuration(template);
    library.ifPresent(its -> guest(edit, its));
    var payload = vm.write(edit, template.cpu(), template.memory());
    new TemplateDevices(template, vm).add(params);
    params
        .optionalObject("cloud_init")
        .ifPresent(cloudInit -> {
          refuseWithoutCloudInit(template, params);
          payload.set(VmCreation.CLOUD_INIT, cloudInit.json());
        });
    return payload;
  }

  /// What VMs are like that are made of a template.
  static VmEdit configuration(VmTemplateRow template) {
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
            .cloudInitSupported(template.cloudInitSupported());
    if (template.videoType() != null) {
      edit.videoType(VmVideoType.of(template.videoType()));
    }
    return edit;
  }

  private static void guest(VmEdit edit, ContentLibraryVmTemplateRow library) {
    edit.os(library.os());
    var guestOs = library.templateConfig();
    if (guestOs != null && guestOs.hasNonNull("guest_os_type")) {
      edit.guestOsType(VmGuestsOperationSystem.of(guestOs.path("guest_os_type").textValue()));
    }
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
}
