package io.belfry.hypervisor;

import java.time.Duration;

/// Why a driver could not do what it was asked.
public sealed interface Fault {
  /// What was wrong, for people.
  String message();

  /// This fault as something to throw.
  default HypervisorException asException() {
    return new HypervisorException(this);
  }

  /// Nothing has this id.
  record NotFound(Id id) implements Fault {
    @Override
    public String message() {
      return "%s %s does not exist.".formatted(id.getClass().getSimpleName(), id.value());
    }
  }

  /// Something else has this id already.
  ///
  /// @param difference what differs between what exists and what was asked for
  record Conflict(Id id, String difference) implements Fault {
    @Override
    public String message() {
      return "%s %s exists and differs: %s."
          .formatted(id.getClass().getSimpleName(), id.value(), difference);
    }
  }

  /// The VM is in a state that does not allow this.
  ///
  /// @param action what was asked, as in "cannot …"
  record WrongState(VmId vm, PowerState power, String action) implements Fault {
    @Override
    public String message() {
      return "VM %s is %s and cannot %s.".formatted(vm, power, action);
    }
  }

  /// A host that does not answer, or is in maintenance and takes no VM.
  record HostUnavailable(HostId host, HostState state) implements Fault {
    @Override
    public String message() {
      return "Host %s is %s, it must be CONNECTED.".formatted(host, state);
    }
  }

  /// The host has less memory left than the VM needs.
  record NotEnoughMemory(HostId host, long neededBytes, long freeBytes) implements Fault {
    @Override
    public String message() {
      return "Host %s has %s bytes of memory free, %s are needed."
          .formatted(host, freeBytes, neededBytes);
    }
  }

  /// The storage has less space left than the volume needs.
  record NotEnoughSpace(StorageId storage, long neededBytes, long freeBytes) implements Fault {
    @Override
    public String message() {
      return "Storage %s has %s bytes free, %s are needed."
          .formatted(storage, freeBytes, neededBytes);
    }
  }

  /// A VM has the volume, so that it cannot be deleted or reverted.
  record VolumeInUse(VolumeId volume, VmId vm) implements Fault {
    @Override
    public String message() {
      return "Volume %s is in use by VM %s.".formatted(volume, vm);
    }
  }

  /// Volumes only grow.
  record WouldShrink(VolumeId volume, long sizeBytes, long wantedBytes) implements Fault {
    @Override
    public String message() {
      return "Volume %s has %s bytes and cannot shrink to %s."
          .formatted(volume, sizeBytes, wantedBytes);
    }
  }

  /// The guest was asked to shut down and still runs.
  record GuestDidNotReact(VmId vm, Duration waited) implements Fault {
    @Override
    public String message() {
      return "The guest of VM %s did not shut down within %s.".formatted(vm, waited);
    }
  }

  /// Something needs the guest's help, and its tools do not run.
  record GuestToolsNotRunning(VmId vm) implements Fault {
    @Override
    public String message() {
      return "Guest tools do not run in VM %s.".formatted(vm);
    }
  }

  /// The cloud-init configuration makes no sense.
  ///
  /// @param field where, as in `networks[0].address`
  /// @param reason what is wrong and what would be right
  record CloudInitInvalid(VmId vm, String field, String reason) implements Fault {
    @Override
    public String message() {
      return "Cloud-init of VM %s: %s %s.".formatted(vm, field, reason);
    }
  }

  /// Somebody else has claimed the work that the call belongs to, or has ended it. Nothing was
  /// done.
  record Outdated(Fence fence) implements Fault {
    @Override
    public String message() {
      return "Somebody else has taken over %s since claim %s."
          .formatted(fence.work(), fence.number());
    }
  }

  /// The hypervisor cannot be reached, or the connection broke during the call: it may have done
  /// what it was asked, or not. The same call may work in a moment.
  record Unavailable(String detail) implements Fault {
    @Override
    public String message() {
      return "The hypervisor can't be reached: %s.".formatted(detail);
    }
  }

  /// The hypervisor failed in a way that nobody foresaw.
  record Broken(String detail) implements Fault {
    @Override
    public String message() {
      return detail;
    }
  }
}
