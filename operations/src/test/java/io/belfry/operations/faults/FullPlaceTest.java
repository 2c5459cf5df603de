package io.belfry.operations.faults;

import static io.belfry.operations.faults.FaultyCalls.newVm;
import static io.belfry.operations.faults.FaultyCalls.where;
import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.hypervisor.simulator.faults.FaultRule;
import io.belfry.hypervisor.simulator.faults.Frequency;
import io.belfry.hypervisor.simulator.faults.Target;
import io.belfry.hypervisor.simulator.faults.Trouble;
import io.belfry.operations.Site;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FullPlaceTest {
  private final Site site = new Site();

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void findsNoSpaceForAVolume() throws InterruptedException {
    site.hold(rule(Target.ANY, new Trouble.StorageFull()));

    var task = site.failed("create-vm", newVm(site, "spacious"));

    assertThat(task.errorMessage()).contains("EAllocSpace");
    assertThat(site.list("Vm", "{'where': {'name': 'spacious'}}")).isEmpty();
    assertThat(site.list("VmVolume", "{'where': {'name': 'spacious-1'}}")).isEmpty();
  }

  @Test
  void findsNoMemoryOnAHost() throws InterruptedException {
    var vm = site.vm("'status': 'STOPPED'").path("id").asText();
    site.hold(rule(Target.ANY, new Trouble.HostFull()));

    var task = site.failed("start-vm", where(vm));

    assertThat(task.errorMessage()).contains("HostAvailableMemoryFilter");
    assertThat(site.vmById(vm).path("status").asText()).isEqualTo("STOPPED");
  }

  @Test
  void fillsOneHostOnly() throws InterruptedException {
    var vm = site.vm("'status': 'STOPPED'");
    var kept = site.first("Host", "{'id': '%s'}".formatted(vm.at("/host/id").asText()));
    var other =
        site.first(
            "Host",
            "{'cluster': {'id': '%s'}, 'id_not': '%s', 'status': 'CONNECTED_HEALTHY'}"
                .formatted(vm.at("/cluster/id").asText(), kept.path("id").asText()));
    site.hold(
        rule(
            new Target(
                Set.of("start"),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(other.path("local_id").asText()),
                Set.of()),
            new Trouble.HostFull()));

    site.done("start-vm", where(vm.path("id").asText()));

    assertThat(site.vmById(vm.path("id").asText()).at("/host/id")).isEqualTo(kept.path("id"));
  }

  private static FaultRule rule(Target target, Trouble trouble) {
    return new FaultRule("full", target, Frequency.ALWAYS, trouble);
  }
}
