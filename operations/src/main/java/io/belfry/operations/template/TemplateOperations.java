package io.belfry.operations.template;

import io.belfry.operations.Mutation;
import io.belfry.operations.Tools;
import java.util.List;

/// The operations on templates, of clusters and of the content library, that are built.
public final class TemplateOperations {
  private TemplateOperations() {}

  public static List<Mutation> all(Tools tools) {
    return List.of(
        new CloneContentLibraryVmTemplateFromVm(tools),
        new CloneVmTemplateFromVm(tools),
        new ConvertContentLibraryVmTemplateFromVm(tools),
        new ConvertVmTemplateFromVm(tools),
        new DeleteContentLibraryVmTemplate(tools),
        new DeleteVmTemplate(tools),
        new DistributeContentLibraryVmtemplateClusters(tools),
        new RemoveContentLibraryVmTemplateClusters(tools),
        new UpdateContentLibraryVmTemplate(tools),
        new UpdateVmTemplate());
  }
}
