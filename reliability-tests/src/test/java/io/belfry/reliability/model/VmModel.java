package io.belfry.reliability.model;

import java.util.Set;

/// One VM without a guest, as far as calls can tell: its state, and what each call makes of it.
///
/// @param memory in units of 256 MiB
record VmModel(Status status, boolean binned, String name, int memory, Devices devices) {
  private static final Result WRONG_STATE = new Result.Refused(400, "BF-402");
  private static final Result OUT_OF_RANGE = new Result.Refused(400, "BF-205");
  private static final Result NOT_FOUND = new Result.Refused(404, "BF-401");
  private static final Set<Status> PLUGGABLE = Set.of(Status.RUNNING, Status.STOPPED);

  enum Status {
    RUNNING,
    STOPPED,
    SUSPENDED,
    GONE
  }

  record Devices(int disks, int cdRoms, int nics, int snapshots) {
    Devices plus(int moreDisks, int moreCdRoms, int moreNics) {
      return new Devices(disks + moreDisks, cdRoms + moreCdRoms, nics + moreNics, snapshots);
    }

    Devices withSnapshot() {
      return new Devices(disks, cdRoms, nics, snapshots + 1);
    }
  }

  /// What a call must lead to.
  sealed interface Result {
    /// Done: the VM is like this afterwards.
    record Done(VmModel after) implements Result {}

    /// Nothing was found to do it to: an empty list, without a task.
    record NothingFound() implements Result {}

    /// Refused at once.
    ///
    /// @param status of HTTP
    /// @param code of the problem
    record Refused(int status, String code) implements Result {}

    /// Accepted, and then its task fails; the VM stays as it is.
    ///
    /// @param message part of the task's message
    record Failed(String message) implements Result {}
  }

  /// A VM that has just been created.
  static VmModel created(String name) {
    return new VmModel(Status.STOPPED, false, name, 2, new Devices(1, 0, 1, 0));
  }

  /// What calling this must lead to.
  Result after(Call call) {
    if (call == Call.SHRINK && memory == 1) {
      return OUT_OF_RANGE; // whatever it is about: limits come first
    }
    if (status == Status.GONE) {
      return call == Call.SNAPSHOT ? NOT_FOUND : new Result.NothingFound();
    }
    return binned ? inBin(call) : outside(call);
  }

  private Result inBin(Call call) {
    return switch (call) {
      case RECOVER -> new Result.Done(new VmModel(status, false, name, memory, devices));
      case DELETE -> gone();
      default -> WRONG_STATE;
    };
  }

  private Result outside(Call call) {
    return switch (call) {
      case START -> from(Set.of(Status.STOPPED), Status.RUNNING);
      case POWER_OFF -> from(Set.of(Status.RUNNING, Status.SUSPENDED), Status.STOPPED);
      case SHUT_DOWN -> shutDown();
      case SUSPEND -> from(Set.of(Status.RUNNING), Status.SUSPENDED);
      case RESUME -> from(Set.of(Status.SUSPENDED), Status.RUNNING);
      case RESTART, FORCE_RESTART -> from(Set.of(Status.RUNNING), Status.RUNNING);
      case MIGRATE -> from(PLUGGABLE, status);
      case RENAME -> new Result.Done(new VmModel(status, false, name + "x", memory, devices));
      case GROW -> resized(memory + 1);
      case SHRINK -> resized(memory - 1);
      case ADD_DISK -> plugged(devices.plus(1, 0, 0));
      case REMOVE_DISK -> unplugged(devices.disks, NOT_FOUND, devices.plus(-1, 0, 0));
      case ADD_CD_ROM -> plugged(devices.plus(0, 1, 0));
      case REMOVE_CD_ROM -> unplugged(devices.cdRoms, NOT_FOUND, devices.plus(0, -1, 0));
      case ADD_NIC -> plugged(devices.plus(0, 0, 1));
      case REMOVE_NIC -> unplugged(devices.nics, OUT_OF_RANGE, devices.plus(0, 0, -1));
      case SNAPSHOT -> new Result.Done(with(devices.withSnapshot()));
      case RECYCLE -> new Result.Done(new VmModel(Status.STOPPED, true, name, memory, devices));
      case RECOVER -> WRONG_STATE;
      case DELETE -> gone();
    };
  }

  private Result from(Set<Status> allowed, Status to) {
    return allowed.contains(status)
        ? new Result.Done(new VmModel(to, false, name, memory, devices))
        : WRONG_STATE;
  }

  /// Nobody is there to react.
  private Result shutDown() {
    return status == Status.RUNNING ? new Result.Failed("JOB_VM_SHUTDOWN_TIMEOUT") : WRONG_STATE;
  }

  /// A VM shrinks only while it is off, and neither way while it is suspended.
  private Result resized(int size) {
    return switch (status) {
      case STOPPED -> new Result.Done(new VmModel(status, false, name, size, devices));
      case RUNNING ->
          size < memory
              ? WRONG_STATE
              : new Result.Done(new VmModel(status, false, name, size, devices));
      case SUSPENDED -> size < memory ? WRONG_STATE : new Result.Failed("resized");
      case GONE -> throw new IllegalStateException("nothing is left to resize");
    };
  }

  private Result plugged(Devices after) {
    return PLUGGABLE.contains(status) ? new Result.Done(with(after)) : WRONG_STATE;
  }

  private Result unplugged(int present, Result ifNone, Devices after) {
    if (!PLUGGABLE.contains(status)) {
      return WRONG_STATE;
    }
    return present == 0 ? ifNone : new Result.Done(with(after));
  }

  private VmModel with(Devices changed) {
    return new VmModel(status, binned, name, memory, changed);
  }

  private Result gone() {
    return new Result.Done(new VmModel(Status.GONE, false, name, memory, devices));
  }
}
