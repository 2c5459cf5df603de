package io.belfry.operations.label;

import io.belfry.operations.Mutation;
import java.util.List;

/// The operations on labels.
public final class LabelOperations {
  private LabelOperations() {}

  public static List<Mutation> all() {
    return List.of(
        new AddLabelsToResources(),
        new CreateLabel(),
        new DeleteLabel(),
        new RemoveLabelsFromResources(),
        new UpdateLabel());
  }
}
