package io.belfry.hypervisor;

import static io.belfry.hypervisor.PowerState.RUNNING;
import static io.belfry.hypervisor.PowerState.STOPPED;
import static io.belfry.hypervisor.PowerState.SUSPENDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.belfry.hypervisor.CopySource.OfSnapshot;
import io.belfry.hypervisor.CopySource.OfVolume;
import io.belfry.hypervisor.Device.Bus;
import io.belfry.hypervisor.Device.CdRom;
import io.belfry.hypervisor.Device.Disk;
import io.belfry.hypervisor.Device.Nic;
import io.belfry.hypervisor.GuestSeen.Tools;
import io.belfry.hypervisor.StoragePolicy.Replicas;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// What every driver does. A driver's test implements this and nothing else.
public interface HypervisorDriverContract {
  long MIB = 1024 * 1024;
  Cpu ONE_CPU = new Cpu(1, 1);
  Duration PATIENCE = Duration.ofSeconds(60);
  VmId VM = new VmId(uuid(1));
  VolumeId VOLUME = new VolumeId(uuid(2));
  VolumeId COPY = new VolumeId(uuid(3));
  SnapshotId SNAPSHOT = new SnapshotId(uuid(4));
  MacAddress MAC = new MacAddress("52:54:00:00:00:01");
  Disk DISK = new Disk(new DeviceId("disk"), VOLUME, Bus.VIRTIO, 0);
  CdRom DRIVE = new CdRom(new DeviceId("drive"), 1, null, true);

  /// The same lab throughout one test, another in the next.
  Lab lab();

  // Defining

  @Test
  default void definesAVmThatIsStopped() throws Exception {
    var seen = driver().define(aVm(), lab().here());

    assertThat(seen.definition()).isEqualTo(aVm());
    assertThat(seen.host()).isEqualTo(lab().here());
    assertThat(seen.power()).isEqualTo(STOPPED);
    assertThat(driver().observe(VM)).contains(seen);
  }

  @Test
  default void definesTheSameVmAgain() throws Exception {
    running(aVm());

    assertThat(driver().define(aVm(), lab().there()).power()).isEqualTo(RUNNING);
    assertThat(look().host()).isEqualTo(lab().here());
  }

  @Test
  default void redefinesAVmThatIsStopped() throws Exception {
    driver().define(aVm(), lab().here());
    var other = aVm().withName("other").withSize(new Cpu(2, 1), 64 * MIB).with(DRIVE);

    assertThat(driver().define(other, lab().here()).definition()).isEqualTo(other);
  }

  @Test
  default void onlyRenamesAVmThatRuns() throws Exception {
    running(aVm());

    driver().define(aVm().withName("other"), lab().here());
    refuses(
        Fault.WrongState.class,
        () -> driver().define(aVm().withSize(new Cpu(2, 1), 128 * MIB), lab().here()));

    assertThat(look().definition()).isEqualTo(aVm().withName("other"));
  }

  @Test
  default void refusesAVmOnAVolumeThatDoesNotExist() throws Exception {
    refuses(Fault.NotFound.class, () -> driver().define(aVm().with(DISK), lab().here()));

    assertThat(driver().observe(VM)).isEmpty();
  }

  @Test
  default void refusesACloudInitConfigurationThatMakesNoSense() throws Exception {
    var noSuchNic = cloudInit("vm", List.of(new CloudInit.Dhcp(1)));

    var fault =
        refuses(
            Fault.CloudInitInvalid.class,
            () -> driver().define(told(aVm().with(nic(1)), noSuchNic), lab().here()));

    assertThat(fault.field()).isEqualTo("networks[0].nicIndex");
    assertThat(driver().observe(VM)).isEmpty();
  }

  @Test
  default void forgetsAVmButNotItsVolumes() throws Exception {
    driver().createVolume(aVolume());
    driver().define(aVm().with(DISK), lab().here());

    driver().undefine(VM);
    driver().undefine(VM);

    assertThat(driver().observe(VM)).isEmpty();
    assertThat(driver().observeVolume(VOLUME)).isPresent();
    driver().deleteVolume(VOLUME);
  }

  @Test
  default void doesNotForgetAVmThatIsNotStopped() throws Exception {
    running(aVm());
    refuses(Fault.WrongState.class, () -> driver().undefine(VM));
    driver().suspend(VM);
    refuses(Fault.WrongState.class, () -> driver().undefine(VM));
  }

  @Test
  default void saysThatAVmDoesNotExist() throws Exception {
    var host = lab().here();
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> driver().start(VM, host),
            () -> driver().shutdown(VM, PATIENCE),
            () -> driver().powerOff(VM),
            () -> driver().restart(VM, PATIENCE),
            () -> driver().reset(VM),
            () -> driver().suspend(VM),
            () -> driver().resume(VM),
            () -> driver().migrate(VM, host, Progress.IGNORED),
            () -> driver().resize(VM, ONE_CPU, MIB),
            () -> driver().attach(VM, DRIVE),
            () -> driver().update(VM, DRIVE),
            () -> driver().detach(VM, DRIVE.id()))) {
      assertThat(refuses(Fault.NotFound.class, call).id()).isEqualTo(VM);
    }
    assertThat(driver().observe(VM)).isEmpty();
  }

  // Power

  @Test
  default void startsAVmWhereItIsTold() throws Exception {
    driver().define(aVm(), lab().here());

    var seen = driver().start(VM, lab().there());

    assertThat(seen.power()).isEqualTo(RUNNING);
    assertThat(seen.host()).isEqualTo(lab().there());
  }

  @Test
  default void startsAVmThatRunsWithoutHarm() throws Exception {
    talking();

    driver().start(VM, lab().here());

    assertThat(look().guest().tools()).isEqualTo(Tools.RUNNING);
  }

  @Test
  default void refusesToStartWhatCannotBeStarted() throws Exception {
    running(aVm());
    refuses(Fault.WrongState.class, () -> driver().start(VM, lab().there()));
    driver().suspend(VM);
    refuses(Fault.WrongState.class, () -> driver().start(VM, lab().here()));
  }

  @Test
  default void saysThatAHostDoesNotExist() throws Exception {
    var nowhere = new HostId("nowhere");
    refuses(Fault.NotFound.class, () -> driver().define(aVm(), nowhere));
    driver().define(aVm(), lab().here());
    refuses(Fault.NotFound.class, () -> driver().start(VM, nowhere));
    refuses(Fault.NotFound.class, () -> driver().migrate(VM, nowhere, Progress.IGNORED));
    refuses(Fault.NotFound.class, () -> driver().observeAll(nowhere));
  }

  @Test
  default void shutsDownAGuestThatReacts() throws Exception {
    talking();

    assertThat(driver().shutdown(VM, PATIENCE).power()).isEqualTo(STOPPED);
    assertThat(driver().shutdown(VM, PATIENCE).power()).isEqualTo(STOPPED);
  }

  @Test
  default void saysThatAGuestDidNotReact() throws Exception {
    running(withGuest(lab().silent()));

    var fault =
        refuses(Fault.GuestDidNotReact.class, () -> driver().shutdown(VM, Duration.ofMillis(500)));

    assertThat(fault.vm()).isEqualTo(VM);
    assertThat(look().power()).isEqualTo(RUNNING);
  }

  @Test
  default void refusesToShutDownAVmThatIsSuspended() throws Exception {
    running(aVm());
    driver().suspend(VM);

    refuses(Fault.WrongState.class, () -> driver().shutdown(VM, PATIENCE));
    refuses(Fault.WrongState.class, () -> driver().restart(VM, PATIENCE));
    refuses(Fault.WrongState.class, () -> driver().reset(VM));
  }

  @Test
  default void pullsThePlugWhateverTheVmDoes() throws Exception {
    running(aVm());
    assertThat(driver().powerOff(VM).power()).isEqualTo(STOPPED);
    assertThat(driver().powerOff(VM).power()).isEqualTo(STOPPED);

    driver().start(VM, lab().here());
    driver().suspend(VM);
    assertThat(driver().powerOff(VM).power()).isEqualTo(STOPPED);
  }

  @Test
  default void restartsAVmWithoutAnOperatingSystem() throws Exception {
    running(aVm());

    assertThat(driver().restart(VM, Duration.ofMillis(500)).power()).isEqualTo(RUNNING);
    assertThat(driver().reset(VM).power()).isEqualTo(RUNNING);
  }

  @Test
  default void bootsTheGuestAgainWhenItIsRestarted() throws Exception {
    talking();

    assertThat(driver().restart(VM, PATIENCE).power()).isEqualTo(RUNNING);
    assertThat(awaitTools().guest().os()).isNotNull();
  }

  @Test
  default void refusesToRestartWhatDoesNotRun() throws Exception {
    driver().define(aVm(), lab().here());

    refuses(Fault.WrongState.class, () -> driver().restart(VM, PATIENCE));
    refuses(Fault.WrongState.class, () -> driver().reset(VM));
    refuses(Fault.WrongState.class, () -> driver().suspend(VM));
    refuses(Fault.WrongState.class, () -> driver().resume(VM));
  }

  @Test
  default void suspendsAndResumes() throws Exception {
    talking();

    assertThat(driver().suspend(VM).power()).isEqualTo(SUSPENDED);
    assertThat(driver().suspend(VM).guest()).isEqualTo(GuestSeen.silent(Tools.NOT_RUNNING));
    assertThat(driver().resume(VM).power()).isEqualTo(RUNNING);
    assertThat(driver().resume(VM).power()).isEqualTo(RUNNING);
    awaitTools();
  }

  // Guests

  @Test
  default void seesWhatTheToolsTell() throws Exception {
    driver().define(withGuest(lab().talking()).with(nic(1)), lab().here());
    driver().start(VM, lab().here());

    var guest = awaitTools().guest();

    assertThat(guest.toolsVersion()).isNotBlank();
    assertThat(guest.hostname()).isNotBlank();
    assertThat(guest.os()).isNotBlank();
    assertThat(guest.kernel()).isNotBlank();
    assertThat(guest.nics()).extracting(GuestSeen.Nic::mac).containsExactly(MAC);
    assertThat(Ipv4.parse(guest.nics().getFirst().address())).isPresent();
  }

  @Test
  default void seesNothingInAGuestThatDoesNotRun() throws Exception {
    talking();

    var seen = driver().powerOff(VM);

    assertThat(seen.guest())
        .isEqualTo(GuestSeen.silent(seen.guest().tools()))
        .extracting(GuestSeen::tools)
        .isIn(Tools.UNKNOWN, Tools.NOT_RUNNING);
    assertThat(seen.usage()).isEqualTo(UsageSeen.NONE);
  }

  @Test
  default void seesThatAGuestHasNoTools() throws Exception {
    assertThat(running(withGuest(lab().silent())).guest())
        .isEqualTo(GuestSeen.silent(Tools.NOT_INSTALLED));
  }

  @Test
  default void tellsTheGuestItsNameAndAddressAtItsFirstBoot() throws Exception {
    var toDefault = new CloudInit.Route("0.0.0.0", "0.0.0.0", "10.9.8.1");
    var fixed = new CloudInit.Static(0, "10.9.8.7", "255.255.255.0", List.of(toDefault));
    var vm = told(withGuest(lab().talking()).with(nic(1)), cloudInit("first", List.of(fixed)));
    running(vm);
    assertTold(awaitTools().guest());

    driver().powerOff(VM);
    driver().define(told(vm, cloudInit("second", List.of(new CloudInit.Dhcp(0)))), lab().here());
    driver().start(VM, lab().here());
    assertTold(awaitTools().guest());
  }

  private static void assertTold(GuestSeen guest) {
    assertThat(guest.hostname()).isEqualTo("first");
    assertThat(guest.dnsServers()).containsExactly("10.9.8.53");
    assertThat(guest.nics())
        .containsExactly(new GuestSeen.Nic(MAC, "10.9.8.7", "255.255.255.0", "10.9.8.1"));
  }

  // Moving

  @Test
  default void migratesAVmThatRuns() throws Exception {
    talking();
    var progress = new ArrayList<Double>();

    var seen = driver().migrate(VM, lab().there(), progress::add);

    assertThat(seen.power()).isEqualTo(RUNNING);
    assertThat(seen.host()).isEqualTo(lab().there());
    assertThat(seen.guest().tools()).isEqualTo(Tools.RUNNING);
    assertIsProgress(progress);
  }

  @Test
  default void movesAVmThatIsStopped() throws Exception {
    driver().define(aVm(), lab().here());

    var seen = driver().migrate(VM, lab().there(), Progress.IGNORED);

    assertThat(seen.power()).isEqualTo(STOPPED);
    assertThat(seen.host()).isEqualTo(lab().there());
    assertThat(driver().migrate(VM, lab().there(), Progress.IGNORED)).isEqualTo(seen);
  }

  @Test
  default void refusesToMigrateAVmThatIsSuspended() throws Exception {
    running(aVm());
    driver().suspend(VM);

    refuses(Fault.WrongState.class, () -> driver().migrate(VM, lab().there(), Progress.IGNORED));
  }

  @Test
  default void listsTheVmsOfEachHost() throws Exception {
    driver().define(aVm(), lab().here());
    assertThat(driver().observeAll(lab().here())).extracting(VmSeen::id).containsExactly(VM);
    assertThat(driver().observeAll(lab().there())).isEmpty();

    driver().migrate(VM, lab().there(), Progress.IGNORED);
    assertThat(driver().observeAll(lab().here())).isEmpty();
    assertThat(driver().observeAll(lab().there())).extracting(VmSeen::id).containsExactly(VM);

    driver().undefine(VM);
    assertThat(driver().observeAll(lab().there())).isEmpty();
  }

  @Test
  default void knowsItsHosts() throws Exception {
    assertThat(driver().hosts()).extracting(HostSeen::id).contains(lab().here(), lab().there());
    assertThat(driver().hosts()).extracting(HostSeen::state).containsOnly(HostState.CONNECTED);
  }

  // Hardware

  @Test
  default void resizesAVmThatIsStopped() throws Exception {
    driver().define(aVm(), lab().here());
    driver().resize(VM, new Cpu(2, 2), 256 * MIB);

    var seen = driver().resize(VM, ONE_CPU, 64 * MIB);

    assertThat(seen.definition()).isEqualTo(aVm().withSize(ONE_CPU, 64 * MIB));
  }

  @Test
  default void onlyGrowsAVmThatRuns() throws Exception {
    running(aVm());

    var grown = driver().resize(VM, new Cpu(2, 1), 256 * MIB);
    refuses(Fault.WrongState.class, () -> driver().resize(VM, ONE_CPU, 256 * MIB));
    refuses(Fault.WrongState.class, () -> driver().resize(VM, new Cpu(2, 1), 128 * MIB));

    assertThat(driver().resize(VM, new Cpu(2, 1), 256 * MIB).definition())
        .isEqualTo(grown.definition())
        .isEqualTo(aVm().withSize(new Cpu(2, 1), 256 * MIB));
  }

  @Test
  default void plugsDevicesInAndOut() throws Exception {
    driver().createVolume(aVolume());
    running(aVm());
    for (var device : List.of(DISK, DRIVE, nic(1))) {
      driver().attach(VM, device);
      assertThat(driver().attach(VM, device).definition().devices()).endsWith(device);
    }

    for (var device : List.of(DISK, DRIVE, nic(1))) {
      driver().detach(VM, device.id());
      assertThat(driver().detach(VM, device.id()).definition().devices()).doesNotContain(device);
    }
  }

  @Test
  default void refusesAnotherDeviceWithTheSameId() throws Exception {
    driver().define(aVm().with(nic(1)), lab().here());

    refuses(Fault.Conflict.class, () -> driver().attach(VM, nic(1, MAC, false)));
    refuses(Fault.Conflict.class, () -> driver().update(VM, new CdRom(nic(1).id(), 1, null, true)));
  }

  @Test
  default void doesNotChangeDevicesOfAVmThatIsSuspended() throws Exception {
    running(aVm().with(DRIVE));
    driver().suspend(VM);

    refuses(Fault.WrongState.class, () -> driver().attach(VM, nic(1)));
    refuses(Fault.WrongState.class, () -> driver().detach(VM, DRIVE.id()));
    assertThat(driver().attach(VM, DRIVE).power()).isEqualTo(SUSPENDED);
  }

  @Test
  default void changesWhatCanBeChangedOfAVmThatRuns() throws Exception {
    driver().createVolume(aVolume());
    var unplugged = nic(1, MAC, false);
    var rebussed = new Disk(DISK.id(), VOLUME, Bus.SCSI, 0);
    var otherMac = nic(1, new MacAddress("52:54:00:00:00:99"), true);
    running(aVm().with(DISK).with(nic(1)));

    assertThat(driver().update(VM, unplugged).definition().devices()).contains(unplugged);
    refuses(Fault.WrongState.class, () -> driver().update(VM, rebussed));
    refuses(Fault.WrongState.class, () -> driver().update(VM, otherMac));

    driver().powerOff(VM);
    driver().update(VM, rebussed);
    driver().update(VM, otherMac);
    assertThat(look().definition().devices()).containsExactly(rebussed, otherMac);
  }

  @Test
  default void saysThatADeviceDoesNotExist() throws Exception {
    driver().define(aVm(), lab().here());

    var fault = refuses(Fault.NotFound.class, () -> driver().update(VM, DRIVE));

    assertThat(fault.id()).isEqualTo(DRIVE.id());
  }

  // Volumes

  @Test
  default void createsAVolumeOnce() throws Exception {
    var seen = driver().createVolume(aVolume());

    assertThat(seen.definition()).isEqualTo(aVolume());
    assertThat(driver().createVolume(aVolume())).isEqualTo(seen);
    assertThat(driver().observeVolume(VOLUME)).contains(seen);
    refuses(Fault.Conflict.class, () -> driver().createVolume(aVolume().withSize(128 * MIB)));
  }

  @Test
  default void onlyGrowsAVolume() throws Exception {
    driver().createVolume(aVolume());
    running(aVm().with(DISK));

    driver().resizeVolume(VOLUME, 128 * MIB);
    var grown = driver().resizeVolume(VOLUME, 128 * MIB);
    refuses(Fault.WouldShrink.class, () -> driver().resizeVolume(VOLUME, 64 * MIB));

    assertThat(grown.definition().sizeBytes()).isEqualTo(128 * MIB);
    assertThat(look().volumes())
        .extracting(VolumeSeen::definition)
        .containsExactly(grown.definition());
  }

  @Test
  default void deletesAVolumeThatNoVmHas() throws Exception {
    driver().createVolume(aVolume());
    driver().define(aVm().with(DISK), lab().here());
    refuses(Fault.VolumeInUse.class, () -> driver().deleteVolume(VOLUME));

    driver().detach(VM, DISK.id());
    driver().deleteVolume(VOLUME);
    driver().deleteVolume(VOLUME);

    assertThat(driver().observeVolume(VOLUME)).isEmpty();
    refuses(Fault.NotFound.class, () -> driver().resizeVolume(VOLUME, 128 * MIB));
  }

  @Test
  default void copiesAVolumeWithItsGuest() throws Exception {
    for (var mode : CopyMode.values()) {
      var progress = new ArrayList<Double>();
      var definition = sizedLike(lab().talking(), COPY);

      driver().copyVolume(new OfVolume(lab().talking()), definition, mode, progress::add);
      driver().copyVolume(new OfVolume(lab().talking()), definition, mode, Progress.IGNORED);

      assertIsProgress(progress);
      running(aVm().with(new Disk(DISK.id(), COPY, Bus.VIRTIO, 0)));
      awaitTools();
      driver().powerOff(VM);
      driver().undefine(VM);
      driver().deleteVolume(COPY);
    }
  }

  @Test
  default void refusesACopyThatIsTooSmall() throws Exception {
    driver().createVolume(aVolume());

    refuses(
        Fault.WouldShrink.class,
        () ->
            driver()
                .copyVolume(
                    new OfVolume(VOLUME), volume(COPY, 32 * MIB), CopyMode.FULL, Progress.IGNORED));
    assertThat(driver().observeVolume(COPY)).isEmpty();
  }

  @Test
  default void saysThatThereIsNothingToCopy() throws Exception {
    for (var source : List.of(new OfVolume(VOLUME), new OfSnapshot(SNAPSHOT))) {
      refuses(
          Fault.NotFound.class,
          () ->
              driver().copyVolume(source, volume(COPY, 64 * MIB), CopyMode.FULL, Progress.IGNORED));
    }
  }

  // Snapshots

  @Test
  default void takesASnapshotOnce() throws Exception {
    driver().createVolume(aVolume());

    var seen = takeSnapshot().getFirst();

    assertThat(seen.id()).isEqualTo(SNAPSHOT);
    assertThat(seen.volume()).isEqualTo(VOLUME);
    assertThat(seen.sizeBytes()).isEqualTo(64 * MIB);
    assertThat(takeSnapshot()).extracting(SnapshotSeen::id).containsExactly(SNAPSHOT);
    assertThat(driver().observeSnapshot(SNAPSHOT)).isPresent();
  }

  @Test
  default void takesSnapshotsOfSeveralVolumesInOrder() throws Exception {
    driver().createVolume(aVolume());
    driver().createVolume(volume(COPY, 64 * MIB));
    var second = new SnapshotId(uuid(5));
    var wanted = new LinkedHashMap<SnapshotId, VolumeId>();
    wanted.put(second, COPY);
    wanted.put(SNAPSHOT, VOLUME);

    assertThat(driver().snapshot(wanted, Consistency.CRASH))
        .extracting(SnapshotSeen::id)
        .containsExactly(second, SNAPSHOT);
    assertThat(driver().snapshot(Map.of(), Consistency.CRASH)).isEmpty();
  }

  @Test
  default void refusesASnapshotOfAnotherVolumeWithTheSameId() throws Exception {
    driver().createVolume(aVolume());
    driver().createVolume(volume(COPY, 64 * MIB));
    takeSnapshot();

    refuses(
        Fault.Conflict.class, () -> driver().snapshot(Map.of(SNAPSHOT, COPY), Consistency.CRASH));
  }

  @Test
  default void takesAConsistentSnapshotOnlyWithTheHelpOfTheTools() throws Exception {
    talking();
    var talkingVolume = Map.of(SNAPSHOT, COPY);
    assertThat(driver().snapshot(talkingVolume, Consistency.FILE_SYSTEM)).hasSize(1);

    driver().powerOff(VM);
    driver().undefine(VM);
    driver().createVolume(aVolume());
    running(aVm().with(DISK));
    var fault =
        refuses(
            Fault.GuestToolsNotRunning.class,
            () ->
                driver()
                    .snapshot(Map.of(new SnapshotId(uuid(5)), VOLUME), Consistency.FILE_SYSTEM));
    assertThat(fault.vm()).isEqualTo(VM);
  }

  @Test
  default void revertsAVolume() throws Exception {
    driver().createVolume(aVolume());
    takeSnapshot();
    driver().resizeVolume(VOLUME, 128 * MIB);

    driver().revert(SNAPSHOT);
    var seen = driver().revert(SNAPSHOT);

    assertThat(seen.definition()).isEqualTo(aVolume());
    assertThat(driver().observeSnapshot(SNAPSHOT)).isPresent();
  }

  @Test
  default void doesNotRevertAVolumeUnderAVm() throws Exception {
    driver().createVolume(aVolume());
    takeSnapshot();
    running(aVm().with(DISK));
    refuses(Fault.VolumeInUse.class, () -> driver().revert(SNAPSHOT));

    driver().powerOff(VM);
    driver().revert(SNAPSHOT);
  }

  @Test
  default void keepsASnapshotLongerThanItsVolume() throws Exception {
    driver().createVolume(aVolume());
    takeSnapshot();
    driver().deleteVolume(VOLUME);
    assertThat(takeSnapshot()).hasSize(1);
    refuses(Fault.NotFound.class, () -> driver().revert(SNAPSHOT));

    driver()
        .copyVolume(
            new OfSnapshot(SNAPSHOT), volume(COPY, 64 * MIB), CopyMode.FULL, Progress.IGNORED);
    driver().deleteSnapshot(SNAPSHOT);
    driver().deleteSnapshot(SNAPSHOT);

    assertThat(driver().observeSnapshot(SNAPSHOT)).isEmpty();
    assertThat(driver().observeVolume(COPY)).isPresent();
  }

  // The past

  @Test
  default void knowsNothingOfThePastOfAVmThatDoesNotRun() throws Exception {
    driver().define(aVm(), lab().here());

    var hour = new Moments(Instant.parse("2026-01-31T08:00:00Z"), Duration.ofMinutes(1), 60);
    for (var quantity : UsageHistory.Quantity.values()) {
      var values = driver().history().values(new UsageHistory.Source.Vm(VM), quantity, hour);
      assertThat(values.size()).isEqualTo(60);
      assertThat(values.knowsAny()).as("%s", quantity).isFalse();
    }
  }

  // The words of the tests

  private HypervisorDriver driver() {
    return lab().driver();
  }

  private VmDefinition aVm() {
    return new VmDefinition(VM, "vm", ONE_CPU, 128 * MIB, Firmware.BIOS, List.of(), null);
  }

  private static VmDefinition told(VmDefinition vm, CloudInit cloudInit) {
    return new VmDefinition(
        vm.id(), vm.name(), vm.cpu(), vm.memoryBytes(), vm.firmware(), vm.devices(), cloudInit);
  }

  private static CloudInit cloudInit(String hostname, List<CloudInit.Network> networks) {
    return new CloudInit(hostname, networks, List.of("10.9.8.53"), null, List.of(), null);
  }

  private Nic nic(int number) {
    return nic(number, MAC, true);
  }

  private Nic nic(int number, MacAddress mac, boolean enabled) {
    var id = new DeviceId("nic" + number);
    return new Nic(id, mac, lab().network(), Nic.Model.VIRTIO, enabled, false);
  }

  private VolumeDefinition aVolume() {
    return volume(VOLUME, 64 * MIB);
  }

  private VolumeDefinition volume(VolumeId id, long sizeBytes) {
    var policy = new StoragePolicy(new Replicas(1), true);
    return new VolumeDefinition(id, lab().storage(), sizeBytes, policy);
  }

  private VolumeDefinition sizedLike(VolumeId other, VolumeId id) throws InterruptedException {
    var size = driver().observeVolume(other).orElseThrow().definition().sizeBytes();
    return volume(id, size);
  }

  /// A VM on a copy of an installed volume.
  private VmDefinition withGuest(VolumeId installed) throws InterruptedException {
    driver()
        .copyVolume(
            new OfVolume(installed), sizedLike(installed, COPY), CopyMode.LINKED, Progress.IGNORED);
    return aVm().with(new Disk(DISK.id(), COPY, Bus.VIRTIO, 0));
  }

  private VmSeen running(VmDefinition vm) throws InterruptedException {
    driver().define(vm, lab().here());
    return driver().start(vm.id(), lab().here());
  }

  /// A VM whose guest has booted and tells.
  private void talking() throws InterruptedException {
    running(withGuest(lab().talking()));
    awaitTools();
  }

  private VmSeen awaitTools() throws InterruptedException {
    for (var tick = 0; tick < 200 && look().guest().tools() != Tools.RUNNING; tick++) {
      lab().tick().run();
    }
    assertThat(look().guest().tools()).isEqualTo(Tools.RUNNING);
    return look();
  }

  private List<SnapshotSeen> takeSnapshot() throws InterruptedException {
    return driver().snapshot(Map.of(SNAPSHOT, VOLUME), Consistency.CRASH);
  }

  private VmSeen look() throws InterruptedException {
    return driver().observe(VM).orElseThrow();
  }

  private static <F extends Fault> F refuses(Class<F> kind, ThrowingCallable call) {
    var thrown = assertThatExceptionOfType(HypervisorException.class).isThrownBy(call).actual();
    assertThat(thrown.fault()).isInstanceOf(kind);
    return kind.cast(thrown.fault());
  }

  private static void assertIsProgress(List<Double> progress) {
    assertThat(progress)
        .isSorted()
        .allMatch(fraction -> fraction >= 0 && fraction <= 1)
        .endsWith(1.0);
  }

  private static String uuid(int number) {
    return new UUID(0, number).toString();
  }
}
