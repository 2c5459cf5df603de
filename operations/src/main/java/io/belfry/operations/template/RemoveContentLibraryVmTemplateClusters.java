package io.belfry.operations.template;

import io.belfry.operations.Decision;
import io.belfry.operations.Tools;
import io.belfry.tasks.NewTask;
import java.util.ArrayList;
import java.util.List;

/// `remove-content-library-vm-template-clusters`: removes the copies of templates of the content
/// library that clusters have, but the last.
record RemoveContentLibraryVmTemplateClusters(Tools tools) implements TemplateWork {
  @Override
  public String path() {
    return "remove-content-library-vm-template-clusters";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var data = decision.body().object("data");
    var clusters = LibraryTemplates.clusters(decision, data);
    var tasks = new ArrayList<NewTask>();
    for (var template : LibraryTemplates.locked(decision)) {
      var distribution = new Distribution(decision, template);
      distribution.remove(clusters);
      distribution.requireSomeLeft(data);
      tasks.add(
          distribution.task(
              path(), "removeContentLibraryVmTemplateClusters", TemplateChange.nothing()));
    }
    return decision.queue(tasks);
  }
}
