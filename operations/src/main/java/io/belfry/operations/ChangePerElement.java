package io.belfry.operations;

import io.belfry.operations.input.Params;
import java.util.ArrayList;
import java.util.List;

/// An operation whose body is a list, and which makes the change that each element asks for when it
/// is answered: of what the management alone knows.
public interface ChangePerElement extends Mutation {

  /// Makes what one element asks for.
  ///
  /// @return what [Decision#done] returned
  /// @throws io.belfry.problem.ProblemException if it is refused; then so are all others
  Decided make(Decision decision, Params element);

  @Override
  default List<Decided> decide(Decision decision) {
    var decided = new ArrayList<Decided>();
    for (var element : decision.body().elements()) {
      decided.add(make(decision, element));
    }
    return decided;
  }
}
