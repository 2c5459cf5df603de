package io.belfry.operations.setting;

import io.belfry.operations.Mutation;
import java.util.List;

/// The operations on settings.
public final class SettingOperations {
  private SettingOperations() {}

  public static List<Mutation> all() {
    return List.of(
        new CreateClusterRecycleBinSetting(),
        new DeleteClusterRecycleBinSetting(),
        new UpdateClusterRecycleBinSetting(),
        new UpdateGlobalRecycleBinSetting());
  }
}
