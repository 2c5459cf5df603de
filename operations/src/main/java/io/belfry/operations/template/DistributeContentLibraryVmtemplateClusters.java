package io.belfry.operations.template;

import io.belfry.operations.Decision;
import io.belfry.operations.Tools;
import io.belfry.tasks.NewTask;
import java.util.ArrayList;
import java.util.List;

/// `distribute-content-library-vm-template-clusters`: copies templates of the content library to
/// clusters that have none of them yet, byte by byte.
record DistributeContentLibraryVmtemplateClusters(Tools tools) implements TemplateWork {
  @Override
  public String path() {
    return "distribute-content-library-vm-template-clusters";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var data = decision.body().object("data");
    var clusters = LibraryTemplates.clusters(decision, data);
    var tasks = new ArrayList<NewTask>();
    for (var template : LibraryTemplates.locked(decision)) {
      var distribution = new Distribution(decision, template);
      distribution.add(clusters, data);
      tasks.add(
          distribution.task(
              path(), "distributeContentLibraryVmtemplateClusters", TemplateChange.nothing()));
    }
    return decision.queue(tasks);
  }
}
