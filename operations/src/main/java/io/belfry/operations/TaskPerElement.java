package io.belfry.operations;

import io.belfry.operations.input.Params;
import io.belfry.tasks.NewTask;
import io.belfry.tasks.TaskWork;
import java.util.ArrayList;
import java.util.List;

/// An operation whose body is a list, each element of which becomes a task.
public interface TaskPerElement extends Mutation, TaskWork {

  /// Checks and prepares what one element asks for.
  ///
  /// @return the task that does it
  /// @throws io.belfry.problem.ProblemException if it is refused; then so are all others
  NewTask prepare(Decision decision, Params element);

  @Override
  default List<Decided> decide(Decision decision) {
    var tasks = new ArrayList<NewTask>();
    for (var element : decision.body().elements()) {
      tasks.add(prepare(decision, element));
    }
    return decision.queue(tasks);
  }
}
