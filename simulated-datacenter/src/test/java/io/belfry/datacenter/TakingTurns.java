package io.belfry.datacenter;

import io.belfry.hypervisor.Consistency;
import io.belfry.hypervisor.CopyMode;
import io.belfry.hypervisor.CopySource;
import io.belfry.hypervisor.Cpu;
import io.belfry.hypervisor.Device;
import io.belfry.hypervisor.DeviceId;
import io.belfry.hypervisor.HostId;
import io.belfry.hypervisor.HostSeen;
import io.belfry.hypervisor.HypervisorDriver;
import io.belfry.hypervisor.Progress;
import io.belfry.hypervisor.SnapshotId;
import io.belfry.hypervisor.SnapshotSeen;
import io.belfry.hypervisor.VmDefinition;
import io.belfry.hypervisor.VmId;
import io.belfry.hypervisor.VmSeen;
import io.belfry.hypervisor.VolumeDefinition;
import io.belfry.hypervisor.VolumeId;
import io.belfry.hypervisor.VolumeSeen;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Several drivers of the same hypervisor that make the calls by turns.
final class TakingTurns implements HypervisorDriver {
  private final List<HypervisorDriver> drivers;
  private final AtomicInteger calls = new AtomicInteger();

  TakingTurns(List<? extends HypervisorDriver> drivers) {
    this.drivers = List.copyOf(drivers);
  }

  private HypervisorDriver next() {
    return drivers.get(calls.getAndIncrement() % drivers.size());
  }

  @Override
  public VmSeen define(VmDefinition definition, HostId host) throws InterruptedException {
    return next().define(definition, host);
  }

  @Override
  public void undefine(VmId vm) throws InterruptedException {
    next().undefine(vm);
  }

  @Override
  public VmSeen start(VmId vm, HostId host) throws InterruptedException {
    return next().start(vm, host);
  }

  @Override
  public VmSeen shutdown(VmId vm, Duration patience) throws InterruptedException {
    return next().shutdown(vm, patience);
  }

  @Override
  public VmSeen powerOff(VmId vm) throws InterruptedException {
    return next().powerOff(vm);
  }

  @Override
  public VmSeen restart(VmId vm, Duration patience) throws InterruptedException {
    return next().restart(vm, patience);
  }

  @Override
  public VmSeen reset(VmId vm) throws InterruptedException {
    return next().reset(vm);
  }

  @Override
  public VmSeen suspend(VmId vm) throws InterruptedException {
    return next().suspend(vm);
  }

  @Override
  public VmSeen resume(VmId vm) throws InterruptedException {
    return next().resume(vm);
  }

  @Override
  public VmSeen migrate(VmId vm, HostId target, Progress progress) throws InterruptedException {
    return next().migrate(vm, target, progress);
  }

  @Override
  public VmSeen resize(VmId vm, Cpu cpu, long memoryBytes) throws InterruptedException {
    return next().resize(vm, cpu, memoryBytes);
  }

  @Override
  public VmSeen attach(VmId vm, Device device) throws InterruptedException {
    return next().attach(vm, device);
  }

  @Override
  public VmSeen update(VmId vm, Device device) throws InterruptedException {
    return next().update(vm, device);
  }

  @Override
  public VmSeen detach(VmId vm, DeviceId device) throws InterruptedException {
    return next().detach(vm, device);
  }

  @Override
  public VolumeSeen createVolume(VolumeDefinition definition) throws InterruptedException {
    return next().createVolume(definition);
  }

  @Override
  public VolumeSeen copyVolume(
      CopySource source, VolumeDefinition definition, CopyMode mode, Progress progress)
      throws InterruptedException {
    return next().copyVolume(source, definition, mode, progress);
  }

  @Override
  public VolumeSeen resizeVolume(VolumeId volume, long sizeBytes) throws InterruptedException {
    return next().resizeVolume(volume, sizeBytes);
  }

  @Override
  public void deleteVolume(VolumeId volume) throws InterruptedException {
    next().deleteVolume(volume);
  }

  @Override
  public List<SnapshotSeen> snapshot(Map<SnapshotId, VolumeId> volumes, Consistency consistency)
      throws InterruptedException {
    return next().snapshot(volumes, consistency);
  }

  @Override
  public VolumeSeen revert(SnapshotId snapshot) throws InterruptedException {
    return next().revert(snapshot);
  }

  @Override
  public void deleteSnapshot(SnapshotId snapshot) throws InterruptedException {
    next().deleteSnapshot(snapshot);
  }

  @Override
  public Optional<VmSeen> observe(VmId vm) throws InterruptedException {
    return next().observe(vm);
  }

  @Override
  public List<VmSeen> observeAll(HostId host) throws InterruptedException {
    return next().observeAll(host);
  }

  @Override
  public Optional<VolumeSeen> observeVolume(VolumeId volume) throws InterruptedException {
    return next().observeVolume(volume);
  }

  @Override
  public Optional<SnapshotSeen> observeSnapshot(SnapshotId snapshot) throws InterruptedException {
    return next().observeSnapshot(snapshot);
  }

  @Override
  public List<HostSeen> hosts() throws InterruptedException {
    return next().hosts();
  }
}
