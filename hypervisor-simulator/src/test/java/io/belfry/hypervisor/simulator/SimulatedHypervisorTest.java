package io.belfry.hypervisor.simulator;

import static io.belfry.hypervisor.simulator.SimulatedLab.GIB;
import static io.belfry.hypervisor.simulator.SimulatedLab.HERE;
import static io.belfry.hypervisor.simulator.SimulatedLab.NETWORK;
import static io.belfry.hypervisor.simulator.SimulatedLab.SILENT;
import static io.belfry.hypervisor.simulator.SimulatedLab.STORAGE;
import static io.belfry.hypervisor.simulator.SimulatedLab.TALKING;
import static io.belfry.hypervisor.simulator.SimulatedLab.THERE;
import static io.belfry.hypervisor.simulator.SimulatedLab.THIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.belfry.hypervisor.Consistency;
import io.belfry.hypervisor.CopyMode;
import io.belfry.hypervisor.CopySource.OfVolume;
import io.belfry.hypervisor.Cpu;
import io.belfry.hypervisor.Device.Bus;
import io.belfry.hypervisor.Device.CdRom;
import io.belfry.hypervisor.Device.Disk;
import io.belfry.hypervisor.Device.Nic;
import io.belfry.hypervisor.DeviceId;
import io.belfry.hypervisor.Fault;
import io.belfry.hypervisor.Firmware;
import io.belfry.hypervisor.GuestSeen;
import io.belfry.hypervisor.GuestSeen.Tools;
import io.belfry.hypervisor.HostState;
import io.belfry.hypervisor.HypervisorException;
import io.belfry.hypervisor.ImageId;
import io.belfry.hypervisor.MacAddress;
import io.belfry.hypervisor.PowerState;
import io.belfry.hypervisor.Progress;
import io.belfry.hypervisor.SnapshotId;
import io.belfry.hypervisor.StoragePolicy;
import io.belfry.hypervisor.StoragePolicy.Replicas;
import io.belfry.hypervisor.UsageSeen;
import io.belfry.hypervisor.VmDefinition;
import io.belfry.hypervisor.VmId;
import io.belfry.hypervisor.VmSeen;
import io.belfry.hypervisor.VolumeDefinition;
import io.belfry.hypervisor.VolumeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// What only the simulator does.
final class SimulatedHypervisorTest {
  private static final VmId VM = new VmId("vm");
  private static final VolumeId VOLUME = new VolumeId("volume");
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final SimulatedLab lab = new SimulatedLab(SimulationSpeed.REAL);
  private final SimulatedHypervisor driver = lab.driver;

  // Time

  @Test
  void bootsAGuestInTheTimeThatARealOneNeeds() throws Exception {
    running(aVm(TALKING));
    assertThat(look().guest().tools()).isEqualTo(Tools.NOT_RUNNING);

    lab.time.pause(Duration.ofSeconds(30));

    assertThat(look().guest().tools()).isEqualTo(Tools.RUNNING);
  }

  @Test
  void doesNotBootWhileItIsSuspended() throws Exception {
    running(aVm(TALKING));
    lab.time.pause(Duration.ofSeconds(20));
    driver.suspend(VM);
    lab.time.pause(Duration.ofHours(1));

    driver.resume(VM);
    assertThat(look().guest().tools()).isEqualTo(Tools.NOT_RUNNING);
    lab.time.pause(Duration.ofSeconds(10));
    assertThat(look().guest().tools()).isEqualTo(Tools.RUNNING);
  }

  @Test
  void waitsForAGuestThatIsStillBootingToShutDown() throws Exception {
    running(aVm(TALKING));
    var before = lab.time.instant();

    driver.shutdown(VM, PATIENCE);

    assertThat(Duration.between(before, lab.time.instant())).isEqualTo(Duration.ofSeconds(50));
  }

  @Test
  void losesPatienceWithASlowGuest() throws Exception {
    running(aVm(TALKING));

    refuses(Fault.GuestDidNotReact.class, () -> driver.shutdown(VM, Duration.ofSeconds(49)));
  }

  @Test
  void isAHundredTimesAsFastWhenFast() throws Exception {
    var fast = new SimulatedLab(SimulationSpeed.FAST);
    fast.driver.define(aVm(), HERE);
    fast.driver.start(VM, HERE);
    var before = fast.time.instant();

    fast.driver.restart(VM, Duration.ofSeconds(60));

    assertThat(Duration.between(before, fast.time.instant())).isEqualTo(Duration.ofMillis(600));
  }

  @Test
  void takesNoTimeWhenInstant() throws Exception {
    var instant = new SimulatedLab(SimulationSpeed.INSTANT);
    var before = instant.time.instant();
    instant.driver.define(aVm(TALKING), HERE);

    assertThat(instant.driver.start(VM, HERE).guest().tools()).isEqualTo(Tools.RUNNING);
    assertThat(instant.driver.shutdown(VM, PATIENCE).power()).isEqualTo(PowerState.STOPPED);
    assertThat(instant.time.instant()).isEqualTo(before);
  }

  @Test
  void endsAWaitWhenInterrupted() throws Exception {
    var instant = new SimulatedLab(SimulationSpeed.INSTANT).driver;
    Thread.currentThread().interrupt();

    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() -> instant.define(aVm(), HERE));
    assertThat(instant.observe(VM)).isEmpty();
  }

  // Hosts and storages

  @Test
  void refusesMoreMemoryThanAHostHas() throws Exception {
    running(aVm().withSize(new Cpu(1, 1), GIB / 2));
    var other = vm(new VmId("other")).withSize(new Cpu(1, 1), GIB / 2 + 1);
    driver.define(other, HERE);

    var fault = refuses(Fault.NotEnoughMemory.class, () -> driver.start(other.id(), HERE));
    assertThat(fault).isEqualTo(new Fault.NotEnoughMemory(HERE, GIB / 2 + 1, GIB / 2));
    refuses(Fault.NotEnoughMemory.class, () -> driver.resize(VM, new Cpu(1, 1), GIB + 1));

    driver.start(other.id(), THERE);
    refuses(Fault.NotEnoughMemory.class, () -> driver.migrate(VM, THERE, Progress.IGNORED));
  }

  @Test
  void neverGivesMoreMemoryThanAHostHasHoweverManyAsk() throws Exception {
    var vms = IntStream.range(0, 200).mapToObj(i -> new VmId("vm-" + i)).toList();
    for (var vm : vms) {
      driver.define(vm(vm).withSize(new Cpu(1, 1), GIB / 10), HERE);
    }

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.invokeAll(vms.stream().map(this::startAndSuspend).toList());
    }

    var running = driver.observeAll(HERE).stream().filter(SimulatedHypervisorTest::isUp).count();
    assertThat(running).isEqualTo(10);
    assertThat(driver.hosts())
        .filteredOn(host -> host.id().equals(HERE))
        .allMatch(host -> host.usedMemoryBytes() == GIB / 10 * 10);
  }

  @Test
  void keepsCountHoweverManyChangeTheSameVm() throws Exception {
    driver.define(aVm(), HERE);
    var calls =
        List.<Callable<VmSeen>>of(
            () -> driver.start(VM, HERE),
            () -> driver.start(VM, THERE),
            () -> driver.migrate(VM, HERE, Progress.IGNORED),
            () -> driver.migrate(VM, THERE, Progress.IGNORED),
            () -> driver.resize(VM, new Cpu(1, 1), GIB / 4),
            () -> driver.resize(VM, new Cpu(1, 1), GIB / 8),
            () -> driver.powerOff(VM));

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.invokeAll(Collections.nCopies(200, calls).stream().flatMap(List::stream).toList());
    }

    driver.powerOff(VM);
    assertThat(driver.hosts()).allMatch(host -> host.usedMemoryBytes() == 0);
    assertThat(Stream.of(HERE, THERE).mapToLong(host -> driver.observeAll(host).size()).sum())
        .isEqualTo(1);
  }

  private Callable<VmSeen> startAndSuspend(VmId vm) {
    return () -> {
      driver.start(vm, HERE);
      return driver.suspend(vm);
    };
  }

  private static boolean isUp(VmSeen vm) {
    return vm.power() != PowerState.STOPPED;
  }

  @Test
  void takesNoVmIntoMaintenance() throws Exception {
    running(aVm());
    driver.restore(hosts(SimulatedLab.host(HERE, HostState.MAINTENANCE)));

    refuses(Fault.HostUnavailable.class, () -> driver.define(vm(new VmId("other")), HERE));
    driver.migrate(VM, THERE, Progress.IGNORED);
    refuses(Fault.HostUnavailable.class, () -> driver.migrate(VM, HERE, Progress.IGNORED));
  }

  @Test
  void doesNotKnowTheVmsOfAHostThatDoesNotAnswer() throws Exception {
    running(aVm(TALKING));
    driver.restore(hosts(SimulatedLab.host(HERE, HostState.UNREACHABLE)));

    assertThat(look().power()).isEqualTo(PowerState.UNKNOWN);
    assertThat(look().guest()).isEqualTo(GuestSeen.silent(Tools.UNKNOWN));
    refuses(Fault.HostUnavailable.class, () -> driver.powerOff(VM));
    refuses(Fault.HostUnavailable.class, () -> driver.observeAll(HERE));

    driver.restore(hosts(SimulatedLab.host(HERE, HostState.CONNECTED)));
    assertThat(look().power()).isEqualTo(PowerState.RUNNING);
  }

  @Test
  void refusesMoreThanAStorageHolds() throws Exception {
    var thick = new StoragePolicy(new Replicas(2), false);
    driver.createVolume(new VolumeDefinition(VOLUME, STORAGE, 40 * GIB, thick));
    var tooMuch = new VolumeDefinition(new VolumeId("other"), STORAGE, 20 * GIB, thick);
    refuses(Fault.NotEnoughSpace.class, () -> driver.createVolume(tooMuch));
    refuses(Fault.NotEnoughSpace.class, () -> driver.resizeVolume(VOLUME, 60 * GIB));

    driver.createVolume(new VolumeDefinition(new VolumeId("thin"), STORAGE, 500 * GIB, THIN));
    driver.deleteVolume(VOLUME);
    driver.createVolume(tooMuch);
  }

  // Guests

  @Test
  void givesEveryNicItsOwnAddressAndKeepsIt() throws Exception {
    var nics = IntStream.range(0, 300).mapToObj(SimulatedHypervisorTest::nic).toList();
    var vm = aVm(TALKING);
    for (var nic : nics) {
      vm = vm.with(nic);
    }
    running(vm);
    lab.time.pause(Duration.ofSeconds(30));

    var addresses = look().guest().nics();

    assertThat(addresses).hasSize(300).extracting(GuestSeen.Nic::address).doesNotHaveDuplicates();
    driver.reset(VM);
    lab.time.pause(Duration.ofSeconds(30));
    assertThat(look().guest().nics()).isEqualTo(addresses);
  }

  @Test
  void givesNoAddressToANicWithoutCable() throws Exception {
    running(aVm(TALKING).with(nic(1)));
    lab.time.pause(Duration.ofSeconds(30));

    var pulled = new Nic(nic(1).id(), nic(1).mac(), NETWORK, Nic.Model.VIRTIO, false, false);

    assertThat(driver.update(VM, pulled).guest().nics()).isEmpty();
  }

  @Test
  void installsToolsFromTheirImage() throws Exception {
    var tools = new ImageId("tools.iso");
    driver.restore(
        new Inventory(
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(new Inventory.ToolsImage(tools, "4.0.0"))));
    var drive = new CdRom(new DeviceId("drive"), 1, null, true);
    running(aVm(SILENT).with(drive));
    lab.time.pause(Duration.ofSeconds(30));

    var seen = driver.update(VM, drive.withImage(tools));

    assertThat(seen.guest().tools()).isEqualTo(Tools.RUNNING);
    assertThat(seen.guest().toolsVersion()).isEqualTo("4.0.0");
    assertThat(driver.powerOff(VM).guest().tools()).isEqualTo(Tools.NOT_RUNNING);
  }

  @Test
  void bootsTheFirstDiskThatSomethingIsInstalledOn() throws Exception {
    driver.createVolume(new VolumeDefinition(VOLUME, STORAGE, GIB, THIN));
    var empty = new Disk(new DeviceId("empty"), VOLUME, Bus.VIRTIO, 0);
    var silent = new Disk(new DeviceId("silent"), SILENT, Bus.VIRTIO, 2);
    running(aVm(TALKING).with(silent).with(empty));

    lab.time.pause(Duration.ofSeconds(30));

    assertThat(look().guest().tools()).isEqualTo(Tools.RUNNING);
  }

  // Activity

  @Test
  void isBusyWhileItRunsAndOnlyThen() throws Exception {
    running(aVm(TALKING));
    var usages =
        Stream.generate(
                () -> {
                  lab.time.pause(Duration.ofMinutes(1));
                  return driver.observe(VM).orElseThrow().usage();
                })
            .limit(600)
            .toList();

    assertThat(usages).extracting(UsageSeen::cpuPercent).doesNotContain(0.0);
    assertThat(usages.stream().distinct().count()).isGreaterThan(500);
    for (var i = 1; i < usages.size(); i++) {
      assertThat(usages.get(i).cpuPercent() - usages.get(i - 1).cpuPercent())
          .isBetween(-15.0, 15.0);
    }
    assertThat(driver.powerOff(VM).usage()).isEqualTo(UsageSeen.NONE);
  }

  @Test
  void looksTheSameWithTheSameSeedAtTheSameTime() throws Exception {
    var twin = new SimulatedLab(SimulationSpeed.REAL);
    for (var each : List.of(lab, twin)) {
      each.driver.define(aVm(TALKING).with(nic(1)), HERE);
      each.driver.start(VM, HERE);
      each.time.pause(Duration.ofHours(1));
    }

    assertThat(twin.driver.observe(VM)).isEqualTo(driver.observe(VM)).isPresent();
  }

  @Test
  void sharesLessWithASnapshotAsTimeGoesBy() throws Exception {
    var snapshot = new SnapshotId("snapshot");
    var taken = driver.snapshot(Map.of(snapshot, TALKING), Consistency.CRASH).getFirst();
    assertThat(taken.uniqueBytes()).isZero();

    lab.time.pause(Duration.ofDays(1));
    var later = driver.observeSnapshot(snapshot).orElseThrow().uniqueBytes();
    assertThat(later).isBetween(1L, GIB);
    assertThat(driver.observeVolume(TALKING).orElseThrow().uniqueBytes()).isEqualTo(later);

    driver.deleteSnapshot(snapshot);
    assertThat(driver.observeVolume(TALKING).orElseThrow().uniqueBytes()).isEqualTo(GIB);
  }

  @Test
  void storesALinkedCopyOnlyOnce() throws Exception {
    for (var i = 0; i < 200; i++) {
      var copy = new VolumeDefinition(new VolumeId("copy-" + i), STORAGE, 4 * GIB, THIN);
      driver.copyVolume(new OfVolume(TALKING), copy, CopyMode.LINKED, Progress.IGNORED);
    }

    assertThat(driver.observeVolume(new VolumeId("copy-199")).orElseThrow().usedBytes())
        .isEqualTo(GIB);
  }

  // Restoring

  @Test
  void restoresWhatWasSeen() throws Exception {
    running(aVm(TALKING).with(nic(1)));
    lab.time.pause(Duration.ofHours(1));
    var seen = look();
    var recorded = new Inventory.Vm(seen.definition(), seen.host(), seen.power(), seen.guest());
    var restored = new SimulatedHypervisor(7, lab.time.at(SimulationSpeed.REAL), Faults.NONE);

    restored.restore(withVms(List.of(recorded)));

    var again = restored.observe(VM).orElseThrow();
    assertThat(again.power()).isEqualTo(PowerState.RUNNING);
    assertThat(again.guest()).isEqualTo(seen.guest());
    assertThat(restored.hosts()).anyMatch(host -> host.usedMemoryBytes() == GIB / 8);
  }

  @Test
  void restoresAHundredThousandVms() throws Exception {
    var vms = new ArrayList<Inventory.Vm>();
    var volumes = new ArrayList<Inventory.Volume>();
    for (var i = 0; i < 100_000; i++) {
      var volume = new VolumeDefinition(new VolumeId("volume-" + i), STORAGE, GIB, THIN);
      volumes.add(new Inventory.Volume(volume, GIB / 4, null));
      var disk = new Disk(new DeviceId("disk"), volume.id(), Bus.VIRTIO, 0);
      var vm = vm(new VmId("vm-" + i)).with(disk).with(nic(i));
      var silent = GuestSeen.silent(Tools.NOT_INSTALLED);
      vms.add(new Inventory.Vm(vm, HERE, PowerState.RUNNING, silent));
    }

    driver.restore(new Inventory(List.of(), List.of(), volumes, List.of(), vms, List.of()));

    assertThat(driver.observeAll(HERE)).hasSize(100_000);
  }

  @Test
  void startsAVmElsewhereWhoseHostIsLost() throws Exception {
    running(aVm());
    driver.changeHost(HERE, HostState.UNREACHABLE);

    var seen = driver.start(VM, THERE);

    assertThat(seen.power()).isEqualTo(PowerState.RUNNING);
    assertThat(driver.start(VM, THERE).host()).isEqualTo(THERE);
    driver.changeHost(HERE, HostState.CONNECTED);
    assertThat(driver.observeAll(HERE)).isEmpty();
    assertThat(driver.hosts())
        .filteredOn(host -> host.id().equals(HERE))
        .allSatisfy(host -> assertThat(host.usedMemoryBytes()).isZero());
    assertThat(look().host()).isEqualTo(THERE);
  }

  @Test
  void startsNothingOnALostHost() throws Exception {
    running(aVm());
    driver.changeHost(HERE, HostState.UNREACHABLE);

    refuses(Fault.HostUnavailable.class, () -> driver.start(VM, HERE));

    driver.changeHost(HERE, HostState.CONNECTED);
    assertThat(look().power()).isEqualTo(PowerState.RUNNING);
  }

  // Faults

  @Test
  void asksForFaultsBeforeAndAfterTheEffect() throws Exception {
    var broken = new Fault.Broken("The cable is out.").asException();
    var faults =
        new Faults() {
          private boolean before = true;

          @Override
          public void before(Call call) {
            if (before) {
              throw broken;
            }
          }

          @Override
          public void after(Call call) {
            throw broken;
          }
        };
    var faulty = new SimulatedLab(SimulationSpeed.INSTANT, faults).driver;

    refuses(Fault.Broken.class, () -> faulty.define(aVm(), HERE));
    assertThat(faulty.observe(VM)).isEmpty();
    faults.before = false;
    refuses(Fault.Broken.class, () -> faulty.define(aVm(), HERE));
    assertThat(faulty.observe(VM)).isPresent();
  }

  // The words of the tests

  private static VmDefinition aVm() {
    return vm(VM);
  }

  private static VmDefinition aVm(VolumeId installed) {
    return aVm().with(new Disk(new DeviceId("disk"), installed, Bus.VIRTIO, 1));
  }

  private static VmDefinition vm(VmId id) {
    return new VmDefinition(id, "vm", new Cpu(1, 1), GIB / 8, Firmware.BIOS, List.of(), null);
  }

  private static Nic nic(int number) {
    var mac =
        String.format(
            Locale.ROOT,
            "52:54:00:%02x:%02x:%02x",
            number >> 16,
            (number >> 8) & 255,
            number & 255);
    return new Nic(
        new DeviceId("nic" + number), new MacAddress(mac), NETWORK, Nic.Model.VIRTIO, true, false);
  }

  private static Inventory hosts(Inventory.Host host) {
    return new Inventory(List.of(host), List.of());
  }

  private static Inventory withVms(List<Inventory.Vm> vms) {
    var talking = new GuestImage("CentOS 7", "3.10.0", "3.2.0", true);
    var volume = new VolumeDefinition(TALKING, STORAGE, 4 * GIB, THIN);
    return new Inventory(
        List.of(SimulatedLab.host(HERE, HostState.CONNECTED)),
        List.of(new Inventory.Storage(STORAGE, 100 * GIB)),
        List.of(new Inventory.Volume(volume, GIB, talking)),
        List.of(),
        vms,
        List.of());
  }

  private void running(VmDefinition vm) throws InterruptedException {
    driver.define(vm, HERE);
    driver.start(vm.id(), HERE);
  }

  private VmSeen look() {
    return driver.observe(VM).orElseThrow();
  }

  private static <F extends Fault> F refuses(Class<F> kind, ThrowingCallable call) {
    var thrown = assertThatExceptionOfType(HypervisorException.class).isThrownBy(call).actual();
    assertThat(thrown.fault()).isInstanceOf(kind);
    return kind.cast(thrown.fault());
  }
}
