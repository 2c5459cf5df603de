package io.belfry.codegen.sdk;

import io.belfry.schema.Operation;
import java.util.Map;
import java.util.Optional;

/// The headings of the SDK guide under which an operation is shown.
final class GuideSections {
  private static final Map<String, String> BY_OPERATION =
      Map.ofEntries(
          Map.entry("login", "鉴权"),
          Map.entry("getVms", "获取虚拟机"),
          Map.entry("getAlerts", "构建报警信息"),
          Map.entry("getDisks", "构建硬盘信息"),
          Map.entry("getHosts", "构建性能指标"),
          Map.entry("getClusters", "构建 Dashboard"),
          Map.entry("createVmFromContentLibraryTemplate", "从模版创建虚拟机"),
          Map.entry("createVm", "创建空白虚拟机"),
          Map.entry("updateVm", "编辑基本信息"),
          Map.entry("addVmCdRom", "添加 CD-ROM"),
          Map.entry("removeVmCdRom", "删除 CD-ROM"),
          Map.entry("addVmDisk", "虚拟卷操作"),
          Map.entry("removeVmDisk", "卸载虚拟盘"),
          Map.entry("addVmNic", "添加网卡"),
          Map.entry("updateVmNic", "编辑网卡"),
          Map.entry("removeVmNic", "移除网卡"),
          Map.entry("migrateVm", "虚拟机迁移"),
          Map.entry("startVm", "虚拟机开机"),
          Map.entry("shutDownVm", "虚拟机关机"),
          Map.entry("poweroffVm", "强制关机指定虚拟机"),
          Map.entry("restartVm", "虚拟机重启"),
          Map.entry("forceRestartVm", "强制重启指定虚拟机"),
          Map.entry("suspendVm", "虚拟机暂停"),
          Map.entry("resumeVm", "虚拟机恢复"),
          Map.entry("moveVmToRecycleBin", "移入回收站"),
          Map.entry("recoverVmFromRecycleBin", "从回收站恢复"),
          Map.entry("deleteVm", "永久删除"),
          Map.entry("createVmSnapshot", "虚拟机备份"),
          Map.entry("getVmSnapshots", "虚拟机备份"),
          Map.entry("getIscsiLunSnapshots", "虚拟机备份"));

  private GuideSections() {}

  static Optional<String> of(Operation operation) {
    return Optional.ofNullable(BY_OPERATION.get(operation.name()));
  }
}
