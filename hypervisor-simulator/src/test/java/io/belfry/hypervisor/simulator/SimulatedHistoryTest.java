package io.belfry.hypervisor.simulator;

import static io.belfry.hypervisor.simulator.SimulatedLab.GIB;
import static io.belfry.hypervisor.simulator.SimulatedLab.HERE;
import static io.belfry.hypervisor.simulator.SimulatedLab.NETWORK;
import static io.belfry.hypervisor.simulator.SimulatedLab.TALKING;
import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.hypervisor.Cpu;
import io.belfry.hypervisor.Device.Bus;
import io.belfry.hypervisor.Device.Disk;
import io.belfry.hypervisor.Device.Nic;
import io.belfry.hypervisor.DeviceId;
import io.belfry.hypervisor.Firmware;
import io.belfry.hypervisor.HostState;
import io.belfry.hypervisor.MacAddress;
import io.belfry.hypervisor.Moments;
import io.belfry.hypervisor.Series;
import io.belfry.hypervisor.UsageHistory.Quantity;
import io.belfry.hypervisor.UsageHistory.Source;
import io.belfry.hypervisor.VmDefinition;
import io.belfry.hypervisor.VmId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What the simulator says of the past.
final class SimulatedHistoryTest {
  private static final VmId VM = new VmId("vm");
  private static final DeviceId NIC = new DeviceId("nic");
  private static final Source OF_VM = new Source.Vm(VM);
  private static final Source OF_DISK = new Source.Disk(VM, TALKING);
  private static final Source OF_NIC = new Source.Nic(VM, NIC);
  private static final int HOURS = 12;

  private final SimulatedLab lab = new SimulatedLab(SimulationSpeed.INSTANT);
  private final SimulatedHypervisor driver = lab.driver;

  @Test
  void remembersWhatWasSeen() throws Exception {
    running(true);
    var start = lab.time.instant();
    var seen = new ArrayList<Double>();
    for (var hour = 0; hour < HOURS; hour++) {
      seen.add(driver.observe(VM).orElseThrow().usage().cpuPercent());
      lab.time.pause(Duration.ofHours(1));
    }

    var remembered = values(OF_VM, Quantity.CPU_PERCENT, hours(start, HOURS));

    assertThat(IntStream.range(0, HOURS).mapToObj(remembered::at)).isEqualTo(seen);
    assertThat(seen.stream().distinct().count()).isGreaterThan(HOURS / 2);
  }

  @Test
  void knowsNothingOfATimeBeforeAVmWasStarted() throws Exception {
    var before = lab.time.instant();
    lab.time.pause(Duration.ofHours(5));
    running(true);

    for (var source : List.of(OF_VM, OF_DISK, OF_NIC)) {
      var quantity = measured(source);
      var values = values(source, quantity, hours(before, 8));
      assertThat(IntStream.range(0, 8).filter(values::knows)).containsExactly(5, 6, 7);
    }
  }

  @Test
  void knowsNothingOfAVmThatIsStopped() throws Exception {
    running(true);
    driver.powerOff(VM);

    for (var source : List.of(OF_VM, OF_DISK, OF_NIC)) {
      assertThat(values(source, measured(source), hours(lab.time.instant(), 3)).knowsAny())
          .isFalse();
    }
  }

  @Test
  void knowsNothingOfWhatDoesNotExist() {
    for (var source : List.of(OF_VM, OF_DISK, OF_NIC)) {
      assertThat(values(source, measured(source), hours(Instant.EPOCH, 3)).knowsAny()).isFalse();
    }
  }

  @Test
  void aPulledCableCarriesNothing() throws Exception {
    running(false);

    assertThat(values(OF_NIC, Quantity.RECEIVED_BYTES, hours(lab.time.instant(), 5)).mean())
        .isZero();
  }

  @Test
  void everythingGoesUpAndDown() throws Exception {
    running(true);
    var disks =
        EnumSet.of(
            Quantity.READS,
            Quantity.WRITES,
            Quantity.READ_BYTES,
            Quantity.WRITTEN_BYTES,
            Quantity.READ_NANOS,
            Quantity.WRITE_NANOS);
    disks.forEach(quantity -> assertMoves(OF_DISK, quantity));
    disks.forEach(quantity -> assertMoves(new Source.HostDisk(HERE, "sda"), quantity));
    for (var quantity : List.of(Quantity.RECEIVED_BYTES, Quantity.SENT_BYTES)) {
      assertMoves(OF_NIC, quantity);
      assertMoves(new Source.HostNic(HERE, "eno1"), quantity);
    }
  }

  private void assertMoves(Source source, Quantity quantity) {
    var values = values(source, quantity, hours(lab.time.instant(), 50));
    var numbers = IntStream.range(0, 50).mapToDouble(values::at).summaryStatistics();
    assertThat(numbers.getMin()).as("%s %s", source, quantity).isPositive();
    assertThat(numbers.getMax())
        .as("%s %s", source, quantity)
        .isGreaterThan(numbers.getMin() * 1.2);
  }

  @Test
  void aHostThatDoesNotAnswerTellsNothing() throws Exception {
    running(true);
    driver.restore(
        new Inventory(List.of(SimulatedLab.host(HERE, HostState.UNREACHABLE)), List.of()));
    var disk = new Source.HostDisk(HERE, "sda");

    assertThat(values(disk, Quantity.READS, hours(lab.time.instant(), 3)).knowsAny()).isFalse();
    assertThat(values(OF_VM, Quantity.CPU_PERCENT, hours(lab.time.instant(), 3)).knowsAny())
        .isFalse();
  }

  private static Quantity measured(Source source) {
    return switch (source) {
      case Source.Vm _ -> Quantity.MEMORY_PERCENT;
      case Source.Disk _, Source.HostDisk _ -> Quantity.READS;
      case Source.Nic _, Source.HostNic _ -> Quantity.SENT_BYTES;
    };
  }

  private Series values(Source source, Quantity quantity, Moments moments) {
    return driver.history().values(source, quantity, moments);
  }

  private static Moments hours(Instant first, int count) {
    return new Moments(first, Duration.ofHours(1), count);
  }

  /// Starts a VM with a guest, a disk and a NIC.
  private void running(boolean plugged) throws InterruptedException {
    var disk = new Disk(new DeviceId("disk"), TALKING, Bus.VIRTIO, 0);
    var mac = new MacAddress("52:54:00:00:00:01");
    var nic = new Nic(NIC, mac, NETWORK, Nic.Model.VIRTIO, plugged, false);
    driver.define(
        new VmDefinition(VM, "vm", new Cpu(1, 1), GIB / 8, Firmware.BIOS, List.of(disk, nic), null),
        HERE);
    driver.start(VM, HERE);
  }
}
