package io.belfry.operations.template;

import io.belfry.operations.Mutation;
import io.belfry.operations.Tools;
import java.util.List;

/// The operations on templates of a cluster that are built.
public final class TemplateOperations {
  private TemplateOperations() {}

  public static List<Mutation> all(Tools tools) {
    return List.of(
        new CloneVmTemplateFromVm(tools),
        new ConvertVmTemplateFromVm(tools),
        new DeleteVmTemplate(tools),
        new UpdateVmTemplate());
  }
}
