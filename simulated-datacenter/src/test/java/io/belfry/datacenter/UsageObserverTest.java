package io.belfry.datacenter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.hypervisor.GuestSeen.Tools;
import io.belfry.hypervisor.HypervisorDriver;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UsageObserverTest {
  /// All hosts of the small data centre in one tick.
  private static final UsageObserver.Pace ALL_AT_ONCE =
      new UsageObserver.Pace(Duration.ofSeconds(1), 100, 100);

  @Test
  void writesHowBusyRunningVmsAre() throws Exception {
    try (var datacenter = TestDatacenter.small()) {
      datacenter.execute("UPDATE tower.vm SET cpu_usage = 0, memory_usage = 0");

      tick(datacenter, ALL_AT_ONCE);

      assertThat(
              datacenter.texts(
                  """
                  SELECT DISTINCT (status = 'RUNNING') || ' ' || (cpu_usage > 0)
                  FROM tower.vm
                  """))
          .containsExactlyInAnyOrder("true true", "false false");
    }
  }

  @Test
  void addsUpTheVmsOfAHost() throws Exception {
    try (var datacenter = TestDatacenter.small()) {
      tick(datacenter, ALL_AT_ONCE);

      assertThat(
              datacenter.texts(
                  """
                  SELECT host.name
                  FROM tower.host
                    LEFT JOIN tower.vm ON vm.host_id = host.id AND vm.status = 'RUNNING'
                  GROUP BY host.id
                  HAVING abs(host.used_cpu_hz - coalesce(
                    sum(vm.vcpu * vm.cpu_usage / 100 * host.cpu_hz_per_core), 0)) > 1
                  """))
          .isEmpty();
    }
  }

  @Test
  void spreadsWhatIsStoredOverTheHostsOfACluster() throws Exception {
    try (var datacenter = TestDatacenter.small()) {
      datacenter.execute("UPDATE tower.vm_volume SET unique_size = unique_size + 1001");

      tick(datacenter, ALL_AT_ONCE);

      assertThat(datacenter.number("SELECT sum(used_data_space) FROM tower.host"))
          .isEqualTo(datacenter.number("SELECT sum(unique_size) FROM tower.vm_volume"));
    }
  }

  @Test
  void recordsAGuestThatHasComeUp() throws Exception {
    try (var datacenter = TestDatacenter.small()) {
      var vm = runningVm(datacenter);
      datacenter.execute(
          "UPDATE tower.vm SET vm_tools_status = 'NOT_RUNNING' WHERE id = '%s'".formatted(vm));

      assertThat(tick(datacenter, ALL_AT_ONCE)).containsExactly(Map.entry(vm, Tools.RUNNING));
    }
  }

  @Test
  void leavesAVmAloneThatATaskIsChanging() throws Exception {
    try (var datacenter = TestDatacenter.small()) {
      var vm = runningVm(datacenter);
      datacenter.execute(
          """
          UPDATE tower.vm
          SET vm_tools_status = 'NOT_RUNNING', cpu_usage = 0, "entityAsyncStatus" = 'UPDATING'
          WHERE id = '%s'
          """
              .formatted(vm));

      assertThat(tick(datacenter, ALL_AT_ONCE)).isEmpty();
      assertThat(
              datacenter.number(
                  "SELECT count(*) FROM tower.vm WHERE id = '%s' AND cpu_usage = 0".formatted(vm)))
          .isOne();
    }
  }

  @Test
  void leavesAVmAloneThatHasChangedSinceItLooked() throws Exception {
    try (var datacenter = TestDatacenter.small()) {
      var vm = runningVm(datacenter);
      datacenter.execute(
          "UPDATE tower.vm SET vm_tools_status = 'NOT_RUNNING' WHERE id = '%s'".formatted(vm));
      var recorded = new HashMap<String, Tools>();
      var changing =
          TestDatacenter.simulator(
              new WatchedWorld(
                  new StoredWorld(datacenter.store(), Claims.UNDISPUTED),
                  () ->
                      datacenter.execute(
                          "UPDATE tower.vm SET name = name WHERE id = '%s'".formatted(vm))));

      try (var observer = observer(datacenter, changing, recorded, "one")) {
        observer.tick();
      }

      assertThat(recorded).isEmpty();
    }
  }

  @Test
  void observesForAllUntilItIsClosed() throws Exception {
    try (var datacenter = TestDatacenter.small()) {
      var vm = runningVm(datacenter);
      datacenter.execute(
          "UPDATE tower.vm SET vm_tools_status = 'NOT_RUNNING' WHERE id = '%s'".formatted(vm));
      var first = new HashMap<String, Tools>();
      var second = new HashMap<String, Tools>();
      var one = observer(datacenter, datacenter.simulator(), first, "one");
      try (var other = observer(datacenter, datacenter.simulator(), second, "other")) {
        one.tick();
        other.tick();
        assertThat(first).containsOnlyKeys(vm);
        assertThat(second).isEmpty();

        one.close();
        other.tick();
        assertThat(second).containsOnlyKeys(vm);
      }
    }
  }

  @Test
  void comesRoundToEveryHost() throws Exception {
    try (var datacenter = TestDatacenter.small()) {
      datacenter.execute("UPDATE tower.host SET used_cpu_hz = -1");
      var pace = new UsageObserver.Pace(Duration.ofSeconds(1), 4, 1);

      try (var observer = observer(datacenter, pace, new HashMap<>())) {
        for (var i = 0; i < 3; i++) {
          observer.tick();
        }
      }

      assertThat(datacenter.texts("SELECT name FROM tower.host WHERE used_cpu_hz < 0"))
          .containsExactly("esxi-03");
    }
  }

  @Test
  void endsWhenItIsClosed() {
    try (var datacenter = TestDatacenter.small()) {
      var observer =
          UsageObserver.start(
              datacenter.store(),
              datacenter.simulator(),
              (_, _, _) -> {},
              new UsageObserver.Pace(Duration.ofDays(1), 1, 1),
              "one");

      observer.close();
    }
  }

  @Test
  void refusesAPaceOfNothing() {
    assertThatThrownBy(() -> new UsageObserver.Pace(Duration.ZERO, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new UsageObserver.Pace(Duration.ofSeconds(1), 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String runningVm(TestDatacenter datacenter) {
    return datacenter
        .texts("SELECT min(id) FROM tower.vm WHERE vm_tools_status = 'RUNNING'")
        .getFirst();
  }

  /// @return whose guests were recorded, by the VMs' ids
  private static Map<String, Tools> tick(TestDatacenter datacenter, UsageObserver.Pace pace)
      throws InterruptedException {
    var recorded = new HashMap<String, Tools>();
    try (var observer = observer(datacenter, pace, recorded)) {
      observer.tick();
    }
    return recorded;
  }

  private static UsageObserver observer(
      TestDatacenter datacenter,
      HypervisorDriver driver,
      Map<String, Tools> recorded,
      String owner) {
    return new UsageObserver(
        datacenter.store(),
        driver,
        (_, vm, seen) -> recorded.put(vm, seen.guest().tools()),
        ALL_AT_ONCE,
        owner);
  }

  private static UsageObserver observer(
      TestDatacenter datacenter, UsageObserver.Pace pace, Map<String, Tools> recorded) {
    return new UsageObserver(
        datacenter.store(),
        datacenter.simulator(),
        (_, vm, seen) -> recorded.put(vm, seen.guest().tools()),
        pace,
        "one");
  }
}
