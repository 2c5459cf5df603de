package io.belfry.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.schema.Schema;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionsTest {
  private static final Schema SCHEMA = Schema.bundled();

  private final Conditions vms = Conditions.over(SCHEMA, "Vm");

  @Test
  void takesNumbersOfAnyWidth() {
    assertThat(vms.is("vcpu", 2)).isEqualTo(vms.is("vcpu", 2L));
    assertThat(vms.is("cpu_usage", 2)).isEqualTo(vms.is("cpu_usage", 2.0));
  }

  @Test
  void leavesOutWhatSaysNothing() {
    var stopped = vms.is("status", "STOPPED");

    assertThat(Condition.everything().and(stopped)).isEqualTo(stopped);
  }

  @Test
  void refusesMistakesInOurOwnCode() {
    assertThatThrownBy(() -> vms.is("nmae", "a")).hasMessage("Vm has no field nmae");
    assertThatThrownBy(() -> vms.is("vcpu", "2")).hasMessage("vcpu can't be 2");
    assertThatThrownBy(() -> vms.is("status", "RUNING")).hasMessage("status can't be RUNING");
    assertThatThrownBy(() -> vms.is("host", "h")).hasMessage("Vm.host can't be compared");
    assertThatThrownBy(() -> vms.relatedTo("name", List.of())).hasMessage("Vm.name is no relation");
  }
}
