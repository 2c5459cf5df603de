package io.belfry.testing.example;

import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.ContentLibraryVmTemplateApi;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.api.VmSnapshotApi;
import io.belfry.sdk.model.ConsistentType;
import io.belfry.sdk.model.ContentLibraryVmTemplate;
import io.belfry.sdk.model.Vm;
import io.belfry.sdk.model.VmCreateVmFromContentLibraryTemplateParams;
import io.belfry.sdk.model.VmSnapshot;
import io.belfry.sdk.model.VmSnapshotCreationParams;
import io.belfry.sdk.model.VmSnapshotCreationParamsData;
import java.time.Duration;

/// The automation that is tested: makes a VM from a template and takes a snapshot of it. Where the
/// snapshot fails, it removes the VM.
final class NightlyImage {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final ApiClient client;

  NightlyImage(ApiClient client) {
    this.client = client;
  }

  /// Makes a VM and its snapshot, and waits until both are there.
  ///
  /// @throws IllegalArgumentException if there is no such template
  /// @throws io.belfry.sdk.TaskFailedException if a task fails; then no VM is left
  VmSnapshot make(String templateName, String clusterId, String name) {
    var vm =
        new VmApi(client)
            .createVmFromContentLibraryTemplate(
                VmCreateVmFromContentLibraryTemplateParams.builder()
                    .templateId(template(templateName).id())
                    .clusterId(clusterId)
                    .name(name)
                    .isFullCopy(false)
                    .build())
            .await(PATIENCE)
            .getFirst();
    try {
      return snapshot(vm);
    } catch (RuntimeException failed) {
      new VmApi(client).deleteVm(Vm.ID.is(vm.id())).await(PATIENCE);
      throw failed;
    }
  }

  private ContentLibraryVmTemplate template(String name) {
    return new ContentLibraryVmTemplateApi(client)
        .getContentLibraryVmTemplates(ContentLibraryVmTemplate.NAME.is(name)).stream()
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("there is no template " + name));
  }

  private VmSnapshot snapshot(Vm vm) {
    return new VmSnapshotApi(client)
        .createVmSnapshot(
            VmSnapshotCreationParams.builder()
                .data(
                    VmSnapshotCreationParamsData.builder()
                        .vmId(vm.id())
                        .name(vm.name() + "-first")
                        .consistentType(ConsistentType.CRASH_CONSISTENT)
                        .build())
                .build())
        .await(PATIENCE)
        .getFirst();
  }
}
