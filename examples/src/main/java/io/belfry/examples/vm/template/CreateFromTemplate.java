package io.belfry.examples.vm.template;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.ClusterApi;
import io.belfry.sdk.api.ContentLibraryVmTemplateApi;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Cluster;
import io.belfry.sdk.model.ContentLibraryVmTemplate;
import io.belfry.sdk.model.Vm;
import io.belfry.sdk.model.VmCreateVmFromContentLibraryTemplateParams;
import java.time.Duration;
import java.util.List;

/// 仅指定 id: a VM that is as its template says.
public final class CreateFromTemplate {
  private CreateFromTemplate() {}

  /// Makes a VM from a template of the content library.
  ///
  /// @throws IllegalArgumentException if there is no such template or cluster
  public static Vm create(
      ApiClient client, String templateName, String clusterName, String vmName) {
    return create(client, params(client, templateName, clusterName, vmName));
  }

  /// Makes a VM from what [#params] gives, and from what was added to that.
  static Vm create(ApiClient client, VmCreateVmFromContentLibraryTemplateParams.Builder params) {
    return new VmApi(client)
        .createVmFromContentLibraryTemplate(params.build())
        .await(Duration.ofMinutes(5))
        .getFirst();
  }

  /// Looks up the cluster and the template by their names.
  static VmCreateVmFromContentLibraryTemplateParams.Builder params(
      ApiClient client, String templateName, String clusterName, String vmName) {
    var clusters = new ClusterApi(client).getClusters(Cluster.NAME.is(clusterName));
    if (clusters.isEmpty()) {
      throw new IllegalArgumentException("there is no cluster " + clusterName);
    }
    var templates =
        new ContentLibraryVmTemplateApi(client)
            .getContentLibraryVmTemplates(ContentLibraryVmTemplate.NAME.is(templateName));
    if (templates.isEmpty()) {
      throw new IllegalArgumentException("there is no template " + templateName);
    }
    return VmCreateVmFromContentLibraryTemplateParams.builder()
        .templateId(templates.getFirst().id())
        .clusterId(clusters.getFirst().id())
        .name(vmName)
        .isFullCopy(false);
  }

  public static void main(String[] args) throws Exception {
    Program.run(
        args,
        List.of("template", "cluster", "vm-name"),
        (client, given) -> create(client, given.get(0), given.get(1), given.get(2)));
  }
}
