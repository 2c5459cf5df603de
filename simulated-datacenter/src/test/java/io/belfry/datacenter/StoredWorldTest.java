package io.belfry.datacenter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.hypervisor.Cpu;
import io.belfry.hypervisor.Device;
import io.belfry.hypervisor.DeviceId;
import io.belfry.hypervisor.Fault;
import io.belfry.hypervisor.Fence;
import io.belfry.hypervisor.Firmware;
import io.belfry.hypervisor.GuestSeen;
import io.belfry.hypervisor.HostId;
import io.belfry.hypervisor.HostState;
import io.belfry.hypervisor.HypervisorDriver;
import io.belfry.hypervisor.HypervisorException;
import io.belfry.hypervisor.MacAddress;
import io.belfry.hypervisor.Moments;
import io.belfry.hypervisor.NetworkId;
import io.belfry.hypervisor.PowerState;
import io.belfry.hypervisor.Progress;
import io.belfry.hypervisor.UsageHistory;
import io.belfry.hypervisor.VmDefinition;
import io.belfry.hypervisor.VmId;
import io.belfry.hypervisor.VmSeen;
import io.belfry.hypervisor.VolumeId;
import io.belfry.hypervisor.simulator.SimulatedHypervisor;
import io.belfry.hypervisor.simulator.SimulationSpeed;
import io.belfry.hypervisor.simulator.Waiting;
import io.belfry.hypervisor.simulator.faults.FaultRule;
import io.belfry.hypervisor.simulator.faults.FaultRules;
import io.belfry.hypervisor.simulator.faults.Frequency;
import io.belfry.hypervisor.simulator.faults.MemoryLedger;
import io.belfry.hypervisor.simulator.faults.Refusal;
import io.belfry.hypervisor.simulator.faults.Target;
import io.belfry.hypervisor.simulator.faults.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StoredWorldTest {
  private static final long GIB = 1L << 30;

  /// So many that some would like the same address.
  private static final int NICS = 400;

  private static final HostId HERE = new HostId("here");
  private static final HostId THERE = new HostId("there");
  private static final VmId VM = new VmId("vm");

  private final LabWorld world = new LabWorld();
  private final SimulatedHypervisor one = world.simulator(SimulationSpeed.INSTANT);
  private final SimulatedHypervisor other = world.simulator(SimulationSpeed.INSTANT);

  @AfterEach
  void drop() {
    world.close();
  }

  @Test
  void keepsTheEffectsOfASimulatorThatIsGone() throws Exception {
    one.define(vm(VM, GIB / 4), HERE);
    one.start(VM, THERE);

    var next = world.simulator(SimulationSpeed.INSTANT);

    assertThat(next.observe(VM)).map(VmSeen::power).contains(PowerState.RUNNING);
    assertThat(next.observe(VM)).map(VmSeen::host).contains(THERE);
    next.start(VM, THERE);
    assertThat(usedMemory(next, THERE)).isEqualTo(GIB / 4);
    assertThat(usedMemory(one, THERE)).isEqualTo(GIB / 4);
  }

  @Test
  void doesNothingForWhoeverWasReplaced() throws Exception {
    var first = new Fence("task", 1);
    var second = new Fence("task", 2);
    first.during(() -> one.define(vm(VM, GIB), HERE));

    world.replace(first);

    assertThatThrownBy(() -> first.during(() -> one.start(VM, HERE)))
        .isInstanceOfSatisfying(
            HypervisorException.class,
            refused -> assertThat(refused.fault()).isEqualTo(new Fault.Outdated(first)));
    assertThat(other.observe(VM)).map(VmSeen::power).contains(PowerState.STOPPED);
    second.during(() -> other.start(VM, HERE));
    assertThat(one.observe(VM)).map(VmSeen::power).contains(PowerState.RUNNING);
  }

  @Test
  void keepsWhatIsGoneGone() throws Exception {
    one.define(vm(VM, GIB), HERE);
    one.undefine(VM);
    one.deleteVolume(new VolumeId("silent"));

    var next = world.simulator(SimulationSpeed.INSTANT);

    assertThat(next.observe(VM)).isEmpty();
    assertThat(next.observeVolume(new VolumeId("silent"))).isEmpty();
    assertThat(other.observeVolume(new VolumeId("silent"))).isEmpty();
  }

  @Test
  void fillsNoHostTwice() throws Exception {
    var vms = new ArrayList<VmId>();
    for (var i = 0; i < 20; i++) {
      var vm = new VmId("vm" + i);
      one.define(vm(vm, GIB / 5), HERE);
      vms.add(vm);
    }
    var starts = new ArrayList<Future<Boolean>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var vm : vms) {
        var driver = starts.size() % 2 == 0 ? one : other;
        starts.add(threads.submit(() -> starts(driver, vm)));
      }
    }

    assertThat(starts).filteredOn(Future::resultNow).hasSize(5);
    assertThat(usedMemory(one, HERE)).isEqualTo(5 * (GIB / 5));
    assertThat(usedMemory(other, HERE)).isEqualTo(5 * (GIB / 5));
  }

  private static boolean starts(HypervisorDriver driver, VmId vm) throws InterruptedException {
    try {
      driver.start(vm, HERE);
      return true;
    } catch (HypervisorException e) {
      return false;
    }
  }

  @Test
  void givesNoAddressTwice() throws Exception {
    one.define(talking(new VmId("first"), 0), HERE);
    other.define(talking(new VmId("second"), NICS), HERE);

    one.start(new VmId("first"), HERE);
    other.start(new VmId("second"), HERE);

    assertThat(addresses(one)).hasSize(2 * NICS).doesNotHaveDuplicates();
    assertThat(addresses(other)).isEqualTo(addresses(one));
    assertThat(addresses(world.simulator(SimulationSpeed.INSTANT))).isEqualTo(addresses(one));
  }

  @Test
  void takesBackWhatCouldNotBeKept() throws Exception {
    var cable = new Cable(world, Cable.Fault.NOTHING_KEPT);
    var driver = world.simulator(SimulationSpeed.INSTANT, cable);
    driver.define(vm(VM, GIB / 2), HERE);
    cable.pull();

    assertThatThrownBy(() -> driver.start(VM, HERE)).hasMessage(Cable.PULLED);

    cable.plug();
    assertThat(driver.observe(VM)).map(VmSeen::power).contains(PowerState.STOPPED);
    assertThat(usedMemory(driver, HERE)).isZero();
    assertThat(driver.start(VM, HERE).power()).isEqualTo(PowerState.RUNNING);
  }

  @Test
  void findsWhatWasKeptThoughNobodySaidSo() throws Exception {
    var cable = new Cable(world, Cable.Fault.NOTHING_SAID);
    var driver = world.simulator(SimulationSpeed.INSTANT, cable);
    driver.define(vm(VM, GIB / 2), HERE);
    cable.pull();

    assertThatThrownBy(() -> driver.start(VM, HERE)).hasMessage(Cable.PULLED);

    cable.plug();
    assertThat(driver.observe(VM)).map(VmSeen::power).contains(PowerState.RUNNING);
    assertThat(usedMemory(driver, HERE)).isEqualTo(GIB / 2);
    assertThat(other.observe(VM)).map(VmSeen::power).contains(PowerState.RUNNING);
  }

  @Test
  void tellsAllOfAHostThatIsDown() {
    one.changeHost(HERE, HostState.UNREACHABLE);

    assertThat(other.hosts())
        .anyMatch(host -> host.id().equals(HERE) && host.state() == HostState.UNREACHABLE);
    assertThat(other.changeHost(HERE, HostState.CONNECTED).state()).isEqualTo(HostState.CONNECTED);
    assertThat(world.simulator(SimulationSpeed.INSTANT).hosts())
        .allMatch(host -> host.state() == HostState.CONNECTED);
  }

  @Test
  void startsAVmElsewhereWhoseHostAnotherLost() throws Exception {
    one.define(vm(VM, GIB / 4), HERE);
    one.start(VM, HERE);
    one.changeHost(HERE, HostState.UNREACHABLE);

    other.start(VM, THERE);

    one.changeHost(HERE, HostState.CONNECTED);
    assertThat(one.observe(VM)).map(VmSeen::host).contains(THERE);
    for (var simulator : List.of(one, other, world.simulator(SimulationSpeed.INSTANT))) {
      assertThat(simulator.observeAll(HERE)).isEmpty();
      assertThat(usedMemory(simulator, HERE)).isZero();
      assertThat(usedMemory(simulator, THERE)).isEqualTo(GIB / 4);
    }
  }

  @Test
  void knowsWhatVmsOfALostHostDidWhateverTheTowerShows() throws Exception {
    try (var datacenter = TestDatacenter.small()) {
      var stored = new StoredWorld(datacenter.store(), Claims.UNDISPUTED);
      var simulator = TestDatacenter.simulator(stored);
      var host =
          new HostId(
              datacenter
                  .texts(
                      """
                      SELECT local_id
                      FROM tower.host
                      WHERE id = (SELECT host_id FROM tower.vm WHERE status = 'RUNNING' LIMIT 1)
                      """)
                  .getFirst());
      var before = simulator.observeAll(host);
      simulator.changeHost(host, HostState.UNREACHABLE);
      datacenter.execute("UPDATE tower.vm SET status = 'UNKNOWN'");

      var next = TestDatacenter.simulator(stored);

      next.changeHost(host, HostState.CONNECTED);
      assertThat(before).map(VmSeen::power).contains(PowerState.RUNNING);
      assertThat(next.observeAll(host)).containsExactlyInAnyOrderElementsOf(before);
      assertThat(usedMemory(next, host)).isEqualTo(usedMemory(simulator, host));
    }
  }

  @Test
  void keepsAStateThatRecordsSayToo() {
    try (var datacenter = TestDatacenter.small()) {
      var stored = new StoredWorld(datacenter.store(), Claims.UNDISPUTED);
      var simulator = TestDatacenter.simulator(stored);
      var host = new HostId(datacenter.texts("SELECT local_id FROM tower.host LIMIT 1").getFirst());
      simulator.changeHost(host, HostState.CONNECTED);
      datacenter.execute("UPDATE tower.host SET status = 'CONNECTED_ERROR'");

      assertThat(TestDatacenter.simulator(stored).hosts())
          .filteredOn(seen -> seen.id().equals(host))
          .allMatch(seen -> seen.state() == HostState.CONNECTED)
          .isNotEmpty();
    }
  }

  @Test
  void findsFaultsOnTheHostToWhichAnotherMovedAVm() throws Exception {
    var rules = new FaultRules(new MemoryLedger(), Waiting.SLEEPING);
    var faulty = world.simulator(rules);
    one.define(vm(VM, GIB / 4), HERE);
    one.start(VM, HERE);
    rules.replace(List.of(refusal(THERE)));
    faulty.reset(VM);

    one.migrate(VM, THERE, Progress.IGNORED);

    assertThatThrownBy(() -> faulty.reset(VM)).isInstanceOf(HypervisorException.class);
  }

  private static FaultRule refusal(HostId host) {
    var on = new Target(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(host.value()), Set.of());
    return new FaultRule("rule", on, Frequency.ALWAYS, new Trouble.Refuse(Refusal.BROKEN));
  }

  @Test
  void remembersHowBusyAVmWasThatAnotherStarted() throws Exception {
    one.define(vm(VM, GIB / 4), HERE);
    assertThat(rememberedBy(other)).isFalse();

    one.start(VM, HERE);

    assertThat(rememberedBy(other)).isTrue();
    one.changeHost(HERE, HostState.UNREACHABLE);
    assertThat(rememberedBy(other)).isFalse();
  }

  private boolean rememberedBy(HypervisorDriver driver) {
    var moments = new Moments(world.time.instant(), Duration.ofHours(1), 2);
    return driver
        .history()
        .values(new UsageHistory.Source.Vm(VM), UsageHistory.Quantity.MEMORY_PERCENT, moments)
        .knowsAny();
  }

  @Test
  void forgetsWhatHasBeenGoneForLong() throws Exception {
    one.define(vm(VM, GIB / 2), HERE);
    assertThat(other.observe(VM)).isPresent();
    one.undefine(VM);

    assertThat(world.stored(Duration.ofHours(1)).forgetWhatIsGone()).isZero();
    assertThat(world.stored(Duration.ZERO).forgetWhatIsGone()).isEqualTo(1);

    assertThat(other.observe(VM)).isEmpty();
    other.define(vm(VM, GIB / 4), HERE);
    assertThat(one.observe(VM)).isPresent();
    assertThat(world.simulator(SimulationSpeed.INSTANT).observe(VM)).isPresent();
  }

  @Test
  void remembersThatSomethingIsGoneWhichTheTowerStillHas() throws Exception {
    try (var datacenter = TestDatacenter.small()) {
      var stored = new StoredWorld(datacenter.store(), Claims.UNDISPUTED, Duration.ZERO);
      var simulator = TestDatacenter.simulator(stored);
      var vm =
          new VmId(
              datacenter
                  .texts("SELECT local_id FROM tower.vm WHERE status = 'STOPPED' LIMIT 1")
                  .getFirst());
      simulator.undefine(vm);

      stored.forgetWhatIsGone();

      assertThat(TestDatacenter.simulator(stored).observe(vm)).isEmpty();
    }
  }

  // The words of the tests

  private static long usedMemory(SimulatedHypervisor driver, HostId host) {
    return driver.hosts().stream()
        .filter(seen -> seen.id().equals(host))
        .findFirst()
        .orElseThrow()
        .usedMemoryBytes();
  }

  private static List<String> addresses(SimulatedHypervisor driver) {
    return driver.observeAll(HERE).stream()
        .flatMap(vm -> vm.guest().nics().stream())
        .map(GuestSeen.Nic::address)
        .sorted()
        .toList();
  }

  private static VmDefinition talking(VmId id, int firstNic) {
    var definition =
        vm(id, GIB / 4)
            .with(
                new Device.Disk(
                    new DeviceId("disk"), new VolumeId("talking"), Device.Bus.VIRTIO, 0));
    for (var i = firstNic; i < firstNic + NICS; i++) {
      definition = definition.with(nic(i));
    }
    return definition;
  }

  private static Device nic(int number) {
    return new Device.Nic(
        new DeviceId("nic" + number),
        new MacAddress(
            String.format(Locale.ROOT, "52:54:00:00:%02x:%02x", number >> 8, number & 255)),
        new NetworkId("network"),
        Device.Nic.Model.VIRTIO,
        true,
        false);
  }

  private static VmDefinition vm(VmId id, long memoryBytes) {
    return new VmDefinition(id, "vm", new Cpu(1, 1), memoryBytes, Firmware.BIOS, List.of(), null);
  }
}
