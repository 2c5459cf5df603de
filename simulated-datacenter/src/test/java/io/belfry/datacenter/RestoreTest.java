package io.belfry.datacenter;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.hypervisor.CopyMode;
import io.belfry.hypervisor.CopySource;
import io.belfry.hypervisor.Cpu;
import io.belfry.hypervisor.Device;
import io.belfry.hypervisor.DeviceId;
import io.belfry.hypervisor.Firmware;
import io.belfry.hypervisor.GuestSeen.Tools;
import io.belfry.hypervisor.HostId;
import io.belfry.hypervisor.HostState;
import io.belfry.hypervisor.HypervisorDriver;
import io.belfry.hypervisor.PowerState;
import io.belfry.hypervisor.Progress;
import io.belfry.hypervisor.SnapshotId;
import io.belfry.hypervisor.StorageId;
import io.belfry.hypervisor.StoragePolicy;
import io.belfry.hypervisor.VmDefinition;
import io.belfry.hypervisor.VmId;
import io.belfry.hypervisor.VmSeen;
import io.belfry.hypervisor.VolumeDefinition;
import io.belfry.hypervisor.VolumeId;
import io.belfry.store.ResultRow;
import io.belfry.store.job.CapturedLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class RestoreTest {
  private static final long GIB = 1L << 30;

  /// Only looked at.
  private static final TestDatacenter SMALL = TestDatacenter.small();

  @AfterAll
  static void drop() {
    SMALL.close();
  }

  @Test
  void tellsTheSimulatorOfEveryVm() throws Exception {
    var simulator = SMALL.simulator();

    var recorded =
        SMALL.texts(
            """
            SELECT concat_ws(' ', vm.local_id, vm.name, vm.vcpu, vm.memory, host.local_id,
              CASE vm.status WHEN 'UNKNOWN' THEN 'UNKNOWN' ELSE vm.status END,
              vm.vm_tools_status, vm.ips,
              (SELECT count(*) FROM tower.vm_disk WHERE vm_id = vm.id)
                + (SELECT count(*) FROM tower.vm_nic WHERE vm_id = vm.id))
            FROM tower.vm JOIN tower.host ON host.id = vm.host_id
            WHERE host.connect_status = 'CONNECTED'
            """);
    assertThat(recorded).hasSizeGreaterThan(90);
    assertThat(seenOnConnectedHosts(simulator)).containsExactlyInAnyOrderElementsOf(recorded);
  }

  private static List<String> seenOnConnectedHosts(HypervisorDriver driver) throws Exception {
    var seen = new ArrayList<String>();
    for (var host : driver.hosts()) {
      if (host.state() == HostState.CONNECTED) {
        driver.observeAll(host.id()).forEach(vm -> seen.add(line(vm)));
      }
    }
    return seen;
  }

  private static String line(VmSeen vm) {
    var definition = vm.definition();
    var addresses = vm.guest().nics().stream().map(nic -> nic.address()).toList();
    return "%s %s %s %s %s %s %s %s %s"
        .formatted(
            vm.id(),
            definition.name(),
            definition.cpu().count(),
            definition.memoryBytes(),
            vm.host(),
            vm.power(),
            vm.guest().tools(),
            String.join(",", addresses),
            definition.devices().size());
  }

  @Test
  void leavesOutAVmWhoseRowsMakeNoSense() throws Exception {
    try (var datacenter = TestDatacenter.small();
        var log = CapturedLog.of(Legible.class)) {
      var nics = datacenter.texts("SELECT id FROM tower.vm_nic ORDER BY id LIMIT 1").getFirst();
      datacenter.execute(
          "UPDATE tower.vm_nic SET mac_address = 'no address' WHERE id = '%s'".formatted(nics));
      var firmware =
          datacenter.texts("SELECT id FROM tower.vm ORDER BY id DESC LIMIT 1").getFirst();
      datacenter.execute(
          "UPDATE tower.vm SET firmware = 'PUNCHED_CARDS' WHERE id = '%s'".formatted(firmware));
      var expected =
          datacenter.texts(
              """
              SELECT vm.local_id
              FROM tower.vm JOIN tower.host ON host.id = vm.host_id
              WHERE host.connect_status = 'CONNECTED'
                AND vm.id <> '%s'
                AND vm.id NOT IN (SELECT vm_id FROM tower.vm_nic WHERE id = '%s')
              """
                  .formatted(firmware, nics));

      var seen = new ArrayList<String>();
      var simulator = datacenter.simulator();
      for (var host : simulator.hosts()) {
        if (host.state() == HostState.CONNECTED) {
          simulator.observeAll(host.id()).forEach(vm -> seen.add(vm.id().value()));
        }
      }

      assertThat(seen).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(log.lines())
          .anyMatch(line -> line.startsWith("WARN NIC ") && line.contains("no address"))
          .anyMatch(line -> line.contains("one of its devices is left out"))
          .anyMatch(line -> line.startsWith("WARN VM ") && line.contains("PUNCHED_CARDS"));
    }
  }

  @Test
  void keepsWhatAHostHasForVms() throws Exception {
    var recorded =
        SMALL.texts(
            """
            SELECT concat_ws(' ', local_id,
              total_memory_bytes - os_memory_bytes,
              (SELECT coalesce(sum(memory), 0) FROM tower.vm
                WHERE host_id = host.id AND status IN ('RUNNING', 'SUSPENDED')))
            FROM tower.host
            WHERE connect_status = 'CONNECTED'
            """);

    assertThat(SMALL.simulator().hosts())
        .filteredOn(host -> host.state() == HostState.CONNECTED)
        .extracting(
            host -> "%s %s %s".formatted(host.id(), host.memoryBytes(), host.usedMemoryBytes()))
        .containsExactlyInAnyOrderElementsOf(recorded);
  }

  @Test
  void knowsOfAHostThatDoesNotAnswer() throws Exception {
    var simulator = SMALL.simulator();
    var vm =
        new VmId(
            SMALL
                .texts("SELECT local_id FROM tower.vm WHERE status = 'UNKNOWN' LIMIT 1")
                .getFirst());

    assertThat(simulator.hosts())
        .extracting(host -> host.state())
        .containsOnlyOnce(HostState.UNREACHABLE);
    assertThat(simulator.observe(vm).orElseThrow().power()).isEqualTo(PowerState.UNKNOWN);
  }

  @Test
  void forgetsWhatIsStillBeingCreated() throws Exception {
    try (var datacenter = TestDatacenter.small()) {
      var vm = datacenter.texts("SELECT min(local_id) FROM tower.vm").getFirst();
      datacenter.execute(
          """
          UPDATE tower.vm SET "entityAsyncStatus" = 'CREATING'
          WHERE local_id = '%s'
          """
              .formatted(vm));

      assertThat(datacenter.simulator().observe(new VmId(vm))).isEmpty();
    }
  }

  @Test
  void knowsTheSameAfterASecondTime() throws Exception {
    var simulator = SMALL.simulator();
    var before = seenOnConnectedHosts(simulator);

    SimulatedDatacenter.restore(SMALL.store(), simulator);

    assertThat(seenOnConnectedHosts(simulator)).containsExactlyInAnyOrderElementsOf(before);
  }

  @Test
  void hasTemplatesToCopyVmsFrom() throws Exception {
    var simulator = SMALL.simulator();
    for (var template : SMALL.query(TEMPLATES, TemplateDisk::read)) {
      var vm = vmFrom(simulator, template);

      assertThat(vm.power()).isEqualTo(PowerState.RUNNING);
      assertThat(vm.guest().tools()).isEqualTo(Tools.RUNNING);
      assertThat(vm.guest().os()).isEqualTo(template.os);
      assertThat(simulator.shutdown(vm.id(), Duration.ofSeconds(1)).power())
          .isEqualTo(PowerState.STOPPED);
    }
  }

  private static final String TEMPLATES =
      """
      SELECT disk ->> 'snapshot_local_id', library.os, cluster.local_id,
        (SELECT min(local_id) FROM tower.host WHERE cluster_id = cluster.id)
      FROM tower.vm_template template
        CROSS JOIN jsonb_array_elements(template.vm_disks) disk
        JOIN tower.cluster ON cluster.id = template.cluster_id
        JOIN tower.content_library_vm_template library
          ON library.id = template.content_library_vm_template_id
      """;

  private record TemplateDisk(String snapshot, String os, String cluster, String host) {
    static TemplateDisk read(ResultRow row) {
      return new TemplateDisk(row.text(1), row.text(2), row.text(3), row.text(4));
    }
  }

  private static VmSeen vmFrom(HypervisorDriver driver, TemplateDisk template) throws Exception {
    var policy = new StoragePolicy(new StoragePolicy.Replicas(2), true);
    var volume = new VolumeId("volume-of-" + template.snapshot);
    driver.copyVolume(
        new CopySource.OfSnapshot(new SnapshotId(template.snapshot)),
        new VolumeDefinition(volume, new StorageId(template.cluster), 100 * GIB, policy),
        CopyMode.FULL,
        Progress.IGNORED);
    var definition =
        new VmDefinition(
            new VmId("vm-of-" + template.snapshot),
            "copied",
            new Cpu(1, 2),
            4 * GIB,
            Firmware.BIOS,
            List.of(new Device.Disk(new DeviceId("disk"), volume, Device.Bus.VIRTIO, 0)),
            null);
    driver.define(definition, new HostId(template.host));
    return driver.start(definition.id(), new HostId(template.host));
  }

  @Test
  void hasTheLunSnapshotsOfEverySnapshot() throws Exception {
    var simulator = SMALL.simulator();
    var snapshots = SMALL.texts("SELECT local_id FROM tower.iscsi_lun_snapshot");

    assertThat(snapshots).isNotEmpty();
    for (var snapshot : snapshots) {
      assertThat(simulator.observeSnapshot(new SnapshotId(snapshot))).isPresent();
    }
  }
}
