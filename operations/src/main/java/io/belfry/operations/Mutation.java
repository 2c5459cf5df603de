package io.belfry.operations;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An operation that changes something.
///
/// Thread-safe and stateless: all a call needs is in its [Decision].
public interface Mutation {

  /// The operation's path, `start-vm`.
  String path();

  /// Checks that the change may be made, prepares it and queues the tasks that make it; all of it
  /// or, by throwing, nothing. Runs inside a transaction, more than once if the database asks for
  /// it.
  ///
  /// @return one element for each touched object, in the order of the answer
  /// @throws io.belfry.problem.ProblemException if the change is refused
  List<Decided> decide(Decision decision);

  /// What was decided for one object.
  ///
  /// @param taskId the task that makes the change; null if it is made already
  /// @param id the touched object
  record Decided(@Nullable String taskId, String id) {}
}
