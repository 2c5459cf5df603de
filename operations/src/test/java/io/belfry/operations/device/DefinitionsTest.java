package io.belfry.operations.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.datacenter.SimulatedDatacenter;
import io.belfry.hypervisor.VolumeSeen;
import io.belfry.hypervisor.simulator.Faults;
import io.belfry.hypervisor.simulator.SimulatedHypervisor;
import io.belfry.hypervisor.simulator.SimulatedTime;
import io.belfry.hypervisor.simulator.SimulationSpeed;
import io.belfry.hypervisor.simulator.Waiting;
import io.belfry.operations.Site;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmVolumeRow;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

class DefinitionsTest {
  /// At a start the simulator is told of everything by bulk queries of their own. They must call
  /// things as operations do, or these would find nothing after a restart.
  @Test
  void callsEverythingAsTheSimulatorIsToldAtAStart() throws Exception {
    try (var site = Site.withWaitingTasks()) {
      var time = new SimulatedTime(Clock.systemUTC(), Waiting.SLEEPING, SimulationSpeed.INSTANT);
      var simulator = new SimulatedHypervisor(1, time, Faults.NONE);
      SimulatedDatacenter.restore(site.store(), simulator);

      var vms =
          site.store()
              .read(transaction -> {
                var definitions = new Definitions(transaction);
                return transaction.rows(VmRow.TYPE, "", List.of()).stream()
                    .map(vm -> definitions.vm(vm, null))
                    .toList();
              });
      assertThat(vms).hasSize(100);
      for (var vm : vms) {
        assertThat(simulator.observe(vm.id()).orElseThrow().definition()).isEqualTo(vm);
      }

      var volumes =
          site.store()
              .read(transaction -> {
                var definitions = new Definitions(transaction);
                return transaction.rows(VmVolumeRow.TYPE, "", List.of()).stream()
                    .map(definitions::volume)
                    .toList();
              });
      assertThat(volumes).isNotEmpty();
      for (var volume : volumes) {
        assertThat(simulator.observeVolume(volume.id()).map(VolumeSeen::definition))
            .contains(volume);
      }
    }
  }
}
