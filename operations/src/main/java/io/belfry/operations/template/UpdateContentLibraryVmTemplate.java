package io.belfry.operations.template;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.operations.Decision;
import io.belfry.operations.Tools;
import io.belfry.tasks.NewTask;
import java.util.ArrayList;
import java.util.List;

/// `update-content-library-vm-template`: gives templates of the content library and their copies
/// another name or description, says whether they take a cloud-init configuration, and which
/// clusters have a copy.
record UpdateContentLibraryVmTemplate(Tools tools) implements TemplateWork {
  private static final String CLUSTERS = "clusters";

  @Override
  public String path() {
    return "update-content-library-vm-template";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var data = decision.body().object("data");
    var edited = data.json().<ObjectNode>deepCopy();
    edited.remove(CLUSTERS);
    var tasks = new ArrayList<NewTask>();
    for (var template : LibraryTemplates.locked(decision)) {
      var distribution = new Distribution(decision, template);
      if (data.json().hasNonNull(CLUSTERS)) {
        var clusters = LibraryTemplates.clusters(decision, data);
        distribution.add(clusters, data);
        distribution.removeOthers(clusters);
      }
      tasks.add(distribution.task(path(), "updateContentLibraryVmTemplate", edited));
    }
    return decision.queue(tasks);
  }
}
