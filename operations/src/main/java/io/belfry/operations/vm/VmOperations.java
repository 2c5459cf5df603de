package io.belfry.operations.vm;

import io.belfry.operations.Mutation;
import io.belfry.operations.Tools;
import java.util.List;
import java.util.stream.Stream;

/// The operations on virtual machines that are built.
public final class VmOperations {
  private VmOperations() {}

  public static List<Mutation> all(Tools tools) {
    var changes =
        Stream.of(
                new AddVmCdRom(),
                new AddVmDisk(),
                new AddVmNic(),
                new DeleteVm(),
                new EjectIsoFromVmCdRom(),
                new ExpandVmDisk(),
                new ForceRestartVm(),
                new InstallVmtools(),
                new MigrateVm(),
                new MoveVmToRecycleBin(),
                new PoweroffVm(),
                new RecoverVmFromRecycleBin(),
                new RemoveVmCdRom(),
                new RemoveVmDisk(),
                new RemoveVmNic(),
                new RemoveVmNicByWhere(),
                new RestartVm(),
                new ResumeVm(),
                new RollbackVm(),
                new ShutDownVm(),
                new StartVm(),
                new SuspendVm(),
                new ToggleVmCdRomDisable(),
                new UpdateVm(),
                new UpdateVmAdvancedOptions(),
                new UpdateVmDisk(),
                new UpdateVmNic(),
                new UpdateVmNicAdvanceInfo())
            .<Mutation>map(change -> new ChangeVms(tools, change));
    var creations =
        Stream.of(
            new CloneVm(tools),
            new ConvertVmTemplateToVm(tools),
            new CreateVm(tools),
            new CreateVmFromContentLibraryTemplate(tools),
            new CreateVmFromTemplate(tools),
            new RebuildVm(tools));
    return Stream.concat(changes, creations).toList();
  }
}
