package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.store.Transaction;
import io.belfry.store.rows.ClusterSettingsRow;
import io.belfry.store.rows.GlobalSettingsRow;
import io.belfry.store.rows.VmRow;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// Whether there is a recycle bin: a cluster's setting goes before the global one.
final class RecycleBin {
  private RecycleBin() {}

  /// Refuses a VM whose cluster has no recycle bin.
  static void requireEnabled(Transaction transaction, VmRow vm) {
    var settings =
        Stream.concat(
            transaction
                .related(ClusterSettingsRow.TYPE, "cluster", List.of(VmRules.cluster(vm)))
                .stream()
                .map(ClusterSettingsRow::vmRecycleBin),
            transaction.rows(GlobalSettingsRow.TYPE, "ORDER BY id LIMIT 1", List.of()).stream()
                .map(GlobalSettingsRow::vmRecycleBin));
    var enabled =
        settings.filter(Objects::nonNull).findFirst().map(RecycleBin::isEnabled).orElse(true);
    if (!enabled) {
      throw new Problem(
              ProblemCode.PRECONDITION,
              "The recycle bin is off where VM %s is; delete the VM, or turn the bin on"
                  .formatted(vm.name()),
              Map.of("id", vm.id()))
          .asException();
    }
  }

  private static boolean isEnabled(JsonNode setting) {
    return setting.path("enabled").asBoolean(true);
  }
}
