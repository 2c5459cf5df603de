package io.belfry.operations.vm;

import io.belfry.hypervisor.Fault;
import io.belfry.hypervisor.HypervisorException;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.problem.ProblemException;
import io.belfry.tasks.TaskFailedException;
import io.belfry.tasks.TaskWork.Undo;

/// What a task says when the hypervisor can't do something, with the codes that clients look for.
public final class Faults {
  private Faults() {}

  /// Why a task fails; or, when the hypervisor couldn't be asked, that it is to be tried again.
  public static RuntimeException asTaskFailure(HypervisorException e) {
    return isPassing(e)
        ? new ProblemException(
            new Problem(ProblemCode.HYPERVISOR_UNAVAILABLE, e.fault().message()), e)
        : new TaskFailedException(code(e.fault()), e.fault().message(), e);
  }

  /// The same undoing, whose failure says what a task says.
  public static Undo asTaskFailures(Undo undo) {
    return () -> {
      try {
        return undo.run();
      } catch (HypervisorException e) {
        throw asTaskFailure(e);
      }
    };
  }

  /// Whether the same call is worth making again.
  private static boolean isPassing(HypervisorException e) {
    return e.fault() instanceof Fault.Unavailable;
  }

  private static String code(Fault fault) {
    return switch (fault) {
      case Fault.NotFound _ -> "RESOURCE_NOT_FOUND";
      case Fault.Conflict _ -> "RESOURCE_CONFLICT";
      case Fault.WrongState _ -> "VM_WRONG_STATE";
      case Fault.HostUnavailable _ -> "HOST_UNAVAILABLE";
      case Fault.NotEnoughMemory _ -> Obstacle.MEMORY.code();
      case Fault.NotEnoughSpace _ -> "EAllocSpace";
      case Fault.VolumeInUse _ -> "VOLUME_IN_USE";
      case Fault.WouldShrink _ -> "VOLUME_WOULD_SHRINK";
      case Fault.GuestDidNotReact _ -> "JOB_VM_SHUTDOWN_TIMEOUT";
      case Fault.GuestToolsNotRunning _ -> "VMTOOLS_NOT_RUNNING";
      case Fault.CloudInitInvalid _ -> "VM_CLOUD_INIT_CONFIG_ERROR";
      case Fault.Outdated _ -> "TASK_TAKEN_OVER";
      case Fault.Unavailable _ -> "HYPERVISOR_UNAVAILABLE";
      case Fault.Broken _ -> "HYPERVISOR_BROKEN";
    };
  }
}
