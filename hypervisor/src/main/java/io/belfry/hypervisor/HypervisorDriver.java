package io.belfry.hypervisor;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The hosts, VMs and volumes of one hypervisor, as something to give orders to and to look at.
///
/// **Every call may be made again.** Acting may happen twice, as when a server dies between acting
/// and recording: a call whose effect is already there changes nothing and answers what is there.
/// Starting a VM that runs on the wanted host, defining one that is the same already, creating a
/// volume that exists, deleting what is gone: all fine. Only [#restart] and [#reset] act each time,
/// with the same end. So a caller who is in doubt asks again.
///
/// **Every call answers what was seen** afterwards, which may be more than what was asked for.
///
/// **Every call blocks** its (virtual) thread until the effect is there, and may be called from any
/// thread. Effects on the same VM come one after the other. An interrupt ends a wait with
/// [InterruptedException]; the effect may or may not come about.
///
/// **A call that comes too late has no effect.** Calls are made under a [Fence], if they belong to
/// work that others may take over. Once the work has been claimed again, or has ended, they are
/// refused with [Fault.Outdated]: what they ask for may have been done, and undone, since.
///
/// **A call that cannot be done** throws [HypervisorException], whose [Fault] says why:
/// [Fault.NotFound] for an id that does not exist, [Fault.HostUnavailable] for a host that does not
/// answer, [Fault.Unavailable] when the hypervisor itself doesn't, so that the call is worth making
/// again, [Fault.Broken] for what nobody foresaw; other faults are named at the calls. Arguments
/// that no VM could satisfy are bugs: [IllegalArgumentException].
public interface HypervisorDriver {

  // VMs

  /// Makes a VM be what the definition says, stopped if it is new. It is kept on the host, unless
  /// it exists on another already. Everything may change while it is stopped, and its name at any
  /// time.
  ///
  /// @throws HypervisorException [Fault.WrongState] when more than the name changes of a VM that is
  ///   not stopped; [Fault.CloudInitInvalid]
  VmSeen define(VmDefinition definition, HostId host) throws InterruptedException;

  /// Forgets a stopped VM. Its volumes stay. A VM that does not exist is forgotten already.
  ///
  /// @throws HypervisorException [Fault.WrongState] when it is not stopped
  void undefine(VmId vm) throws InterruptedException;

  /// Boots a stopped VM on a host, which is then where it is kept. Ends when it runs; its guest may
  /// still be booting.
  ///
  /// A VM whose host does not answer counts as stopped, whatever it may do there: before it boots
  /// on another, it is cut off from its volumes where it was, so that it never runs twice, and it
  /// is gone from there when that host is back.
  ///
  /// @throws HypervisorException [Fault.WrongState] when it is suspended, or runs on another host;
  ///   [Fault.NotEnoughMemory]; [Fault.HostUnavailable] also for a host in maintenance
  VmSeen start(VmId vm, HostId host) throws InterruptedException;

  /// Asks the guest to shut down and waits until the VM is stopped.
  ///
  /// @param patience how long to wait for the guest
  /// @throws HypervisorException [Fault.GuestDidNotReact] when the VM still runs after that;
  ///   [Fault.WrongState] when it is suspended
  VmSeen shutdown(VmId vm, Duration patience) throws InterruptedException;

  /// Pulls the plug, whatever the VM does.
  VmSeen powerOff(VmId vm) throws InterruptedException;

  /// Asks the guest to restart; resets the VM when it does not react, as one without an operating
  /// system never does. Ends when the VM runs; its guest may still be booting.
  ///
  /// @param patience how long to wait for the guest
  /// @throws HypervisorException [Fault.WrongState] when it is not running
  VmSeen restart(VmId vm, Duration patience) throws InterruptedException;

  /// Restarts a running VM at once, without asking the guest.
  ///
  /// @throws HypervisorException [Fault.WrongState] when it is not running
  VmSeen reset(VmId vm) throws InterruptedException;

  /// Stops a running VM's CPUs and keeps its memory.
  ///
  /// @throws HypervisorException [Fault.WrongState] when it is stopped
  VmSeen suspend(VmId vm) throws InterruptedException;

  /// Lets a suspended VM go on.
  ///
  /// @throws HypervisorException [Fault.WrongState] when it is stopped
  VmSeen resume(VmId vm) throws InterruptedException;

  /// Moves a VM to another host of its storage: with all it does when it runs, or only where it is
  /// kept when it is stopped.
  ///
  /// @throws HypervisorException [Fault.WrongState] when it is suspended; [Fault.NotEnoughMemory];
  ///   [Fault.HostUnavailable] for either host
  VmSeen migrate(VmId vm, HostId target, Progress progress) throws InterruptedException;

  /// Gives a VM other CPUs and memory. While it runs both only grow.
  ///
  /// @throws HypervisorException [Fault.WrongState] when either would shrink and the VM is not
  ///   stopped, or it is suspended; [Fault.NotEnoughMemory]
  VmSeen resize(VmId vm, Cpu cpu, long memoryBytes) throws InterruptedException;

  /// Plugs a device into a VM that is running or stopped, as its last.
  ///
  /// @throws HypervisorException [Fault.Conflict] when another device has its id;
  ///   [Fault.WrongState] when the VM is suspended
  VmSeen attach(VmId vm, Device device) throws InterruptedException;

  /// Changes the device that has the same id. While the VM runs, only a CD drive and a NIC's
  /// network, cable and mirroring can change.
  ///
  /// @throws HypervisorException [Fault.NotFound] when there is no such device; [Fault.WrongState]
  ///   when something else changes of a VM that is not stopped; [Fault.Conflict] when it is of
  ///   another kind
  VmSeen update(VmId vm, Device device) throws InterruptedException;

  /// Unplugs a device of a VM that is running or stopped. A volume stays. A device that is not
  /// there is unplugged already.
  ///
  /// @throws HypervisorException [Fault.WrongState] when the VM is suspended
  VmSeen detach(VmId vm, DeviceId device) throws InterruptedException;

  // Volumes

  /// Creates an empty volume.
  ///
  /// @throws HypervisorException [Fault.NotEnoughSpace]; [Fault.Conflict] when a different one has
  ///   its id
  VolumeSeen createVolume(VolumeDefinition definition) throws InterruptedException;

  /// Creates a volume with the content of another, and so with the guest that is installed on it. A
  /// bigger one has empty space at its end. A full copy may be in another storage than its source.
  ///
  /// @throws HypervisorException [Fault.NotEnoughSpace]; [Fault.Conflict] when a different one has
  ///   its id; [Fault.WouldShrink] when it would be smaller than the source
  VolumeSeen copyVolume(
      CopySource source, VolumeDefinition definition, CopyMode mode, Progress progress)
      throws InterruptedException;

  /// Grows a volume, attached to a running VM or not.
  ///
  /// @throws HypervisorException [Fault.WouldShrink]; [Fault.NotEnoughSpace]
  VolumeSeen resizeVolume(VolumeId volume, long sizeBytes) throws InterruptedException;

  /// Deletes a volume that no VM has. Its snapshots and linked copies stay. A volume that does not
  /// exist is deleted already.
  ///
  /// @throws HypervisorException [Fault.VolumeInUse]
  void deleteVolume(VolumeId volume) throws InterruptedException;

  // Snapshots

  /// Keeps the content of several volumes as of one moment. Those that are in use must all belong
  /// to one VM: nobody can stop two at the same moment.
  ///
  /// @param volumes what to take, by the id that its snapshot shall have
  /// @return what was taken, in the order of `volumes`
  /// @throws HypervisorException [Fault.GuestToolsNotRunning] when a running VM's file systems
  ///   shall be consistent without them; [Fault.Conflict] when a snapshot of another volume has one
  ///   of the ids
  List<SnapshotSeen> snapshot(Map<SnapshotId, VolumeId> volumes, Consistency consistency)
      throws InterruptedException;

  /// Gives a volume the content and the size that a snapshot of it kept. The snapshot stays.
  ///
  /// @throws HypervisorException [Fault.VolumeInUse] when a VM with it is not stopped;
  ///   [Fault.NotFound] also when the volume is gone
  VolumeSeen revert(SnapshotId snapshot) throws InterruptedException;

  /// Deletes a snapshot. Volumes copied from it stay. One that does not exist is deleted already.
  void deleteSnapshot(SnapshotId snapshot) throws InterruptedException;

  // Observation

  /// A VM as it is now; empty when it does not exist. When its host does not answer, what was last
  /// known of it, with power [PowerState#UNKNOWN].
  Optional<VmSeen> observe(VmId vm) throws InterruptedException;

  /// All VMs on a host as they are now, by one question to the host.
  List<VmSeen> observeAll(HostId host) throws InterruptedException;

  /// A volume as it is now; empty when it does not exist.
  Optional<VolumeSeen> observeVolume(VolumeId volume) throws InterruptedException;

  /// A snapshot as it is now; empty when it does not exist.
  Optional<SnapshotSeen> observeSnapshot(SnapshotId snapshot) throws InterruptedException;

  /// All hosts, also those that do not answer.
  List<HostSeen> hosts() throws InterruptedException;

  /// What it remembers of how busy things were; nothing, unless a driver says otherwise.
  default UsageHistory history() {
    return UsageHistory.NONE;
  }
}
