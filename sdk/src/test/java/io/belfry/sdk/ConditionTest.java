package io.belfry.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.belfry.sdk.model.Alert;
import io.belfry.sdk.model.Cluster;
import io.belfry.sdk.model.Vm;
import io.belfry.sdk.model.VmNic;
import io.belfry.sdk.model.VmStatus;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConditionTest {
  @Test
  void saysEqualByTheFieldsNameAlone() {
    assertThat(Vm.STATUS.is(VmStatus.RUNNING)).hasToString("{\"status\":\"RUNNING\"}");
    assertThat(Vm.HA.isFalse()).hasToString("{\"ha\":false}");
  }

  @Test
  void saysOtherComparisonsByASuffix() {
    assertThat(Vm.NAME.doesNotStartWith("a")).hasToString("{\"name_not_starts_with\":\"a\"}");
    assertThat(Vm.VCPU.greaterThan(4)).hasToString("{\"vcpu_gt\":4}");
    assertThat(Vm.VCPU.in(2, 4)).hasToString("{\"vcpu_in\":[2,4]}");
    assertThat(Vm.CPU_USAGE.atMost(12.5)).hasToString("{\"cpu_usage_lte\":12.5}");
    assertThat(Vm.STATUS.notIn(List.of(VmStatus.DELETED)))
        .hasToString("{\"status_not_in\":[\"DELETED\"]}");
  }

  @Test
  void writesInstantsInUtcWithMilliseconds() {
    var condition = Vm.LOCAL_CREATED_AT.before(Instant.parse("2026-01-31T08:00:00Z"));

    assertThat(condition).hasToString("{\"local_created_at_lt\":\"2026-01-31T08:00:00.000Z\"}");
  }

  @Test
  void followsRelations() {
    assertThat(Vm.CLUSTER.has(Cluster.ID.in("a"))).hasToString("{\"cluster\":{\"id_in\":[\"a\"]}}");
    assertThat(Vm.VM_NICS.some(VmNic.MIRROR.isTrue()))
        .hasToString("{\"vm_nics_some\":{\"mirror\":true}}");
    assertThat(Vm.SNAPSHOTS.isEmpty()).hasToString("{\"snapshots_none\":{}}");
    assertThat(Vm.FOLDER.isPresent()).hasToString("{\"folder\":{}}");
  }

  @Test
  void tellsAbsentFromPresent() {
    assertThat(Vm.HOSTNAME.isAbsent()).hasToString("{\"hostname\":null}");
    assertThat(Vm.HOSTNAME.isPresent()).hasToString("{\"hostname_not\":null}");
  }

  @Test
  void keepsLongChainsFlat() {
    var condition = Vm.HA.isTrue().and(Vm.INTERNAL.isFalse()).and(Vm.NAME.is("a"));

    assertThat(condition)
        .hasToString("{\"AND\":[{\"ha\":true},{\"internal\":false},{\"name\":\"a\"}]}");
  }

  @Test
  void nestsAlternativesInsideConjunctions() {
    var condition = Vm.NAME.contains("a").or(Vm.DESCRIPTION.contains("a")).and(Vm.HA.isTrue());

    assertThat(condition)
        .hasToString(
            "{\"AND\":[{\"OR\":[{\"name_contains\":\"a\"},{\"description_contains\":\"a\"}]},{\"ha\":true}]}");
  }

  @Test
  void negates() {
    assertThat(Alert.ENDED.isTrue().not()).hasToString("{\"NOT\":[{\"ended\":true}]}");
  }

  @Test
  void leavesEverythingOutOfConjunctions() {
    assertThat(Condition.<Vm>everything().and(Vm.HA.isTrue())).isEqualTo(Vm.HA.isTrue());
    assertThat(Vm.HA.isTrue().or(Condition.everything())).isEqualTo(Condition.everything());
  }

  @Test
  void refusesToExcludeEverything() {
    assertThatIllegalStateException().isThrownBy(() -> Condition.<Vm>everything().not());
  }
}
