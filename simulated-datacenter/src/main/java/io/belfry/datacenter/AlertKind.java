package io.belfry.datacenter;

import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.AlertRuleObject;
import io.belfry.store.rows.AlertRuleUnit;
import io.belfry.store.rows.SeverityEnum;
import java.util.List;

/// What alerts are about: a rule that watches every cluster.
///
/// @param pattern what happened, with `%s` for what it happened to
record AlertKind(
    AlertRuleObject object,
    Watch watch,
    LocalizedText title,
    LocalizedText pattern,
    LocalizedText cause,
    LocalizedText impact,
    LocalizedText solution) {
  static final AlertKind DISK_FAILING =
      new AlertKind(
          AlertRuleObject.DISK,
          Watch.occurrence(SeverityEnum.CRITICAL),
          text("Disk fails its self-test", "磁盘 S.M.A.R.T 检测不通过"),
          text("Disk %s has failed its S.M.A.R.T. self-test.", "磁盘 %s 的 S.M.A.R.T 检测未通过。"),
          text("The disk wears out or has a defect.", "磁盘老化或存在硬件故障。"),
          text("The disk may stop working at any moment.", "该磁盘可能随时失效。"),
          text("Unmount the disk and replace it.", "请卸载该磁盘并更换新磁盘。"));

  static final AlertKind DISK_SLOW =
      new AlertKind(
          AlertRuleObject.DISK,
          Watch.occurrence(SeverityEnum.NOTICE),
          text("Disk answers slowly", "磁盘亚健康"),
          text("Disk %s takes too long to answer.", "磁盘 %s 的响应延迟过高。"),
          text("The disk repeats reads and writes inside.", "磁盘内部存在读写重试。"),
          text("VMs whose data lies on it may slow down.", "数据位于该磁盘的虚拟机性能可能下降。"),
          text("Watch the disk; replace it if this goes on.", "请持续观察，若未恢复请更换磁盘。"));

  static final AlertKind DISK_BROKEN =
      new AlertKind(
          AlertRuleObject.DISK,
          Watch.occurrence(SeverityEnum.CRITICAL),
          text("Disk is unhealthy", "磁盘不健康"),
          text("Disk %s fails and has been isolated.", "磁盘 %s 发生故障，已被隔离。"),
          text("Reading or writing fails again and again.", "磁盘多次出现读写错误。"),
          text("Its data is being recovered elsewhere.", "系统正在其他磁盘上恢复其数据。"),
          text("Replace the disk.", "请更换该磁盘。"));

  static final AlertKind DISK_UNMOUNTED =
      new AlertKind(
          AlertRuleObject.DISK,
          Watch.occurrence(SeverityEnum.INFO),
          text("Disk is not in use", "存在未挂载的磁盘"),
          text("Disk %s is not mounted, or only in part.", "磁盘 %s 未挂载或仅部分挂载。"),
          text("The disk is new, or somebody unmounted it.", "该磁盘为新插入的磁盘，或已被卸载。"),
          text("Its capacity can't be used.", "该磁盘的容量无法使用。"),
          text("Mount the disk.", "请挂载该磁盘。"));

  static final AlertKind HOST_UNREACHABLE =
      new AlertKind(
          AlertRuleObject.PHYSICAL_HOST,
          Watch.occurrence(SeverityEnum.CRITICAL),
          text("Host does not answer", "主机失去连接"),
          text("Host %s can't be reached.", "无法连接主机 %s。"),
          text("The host is down, or its network is.", "主机已关机或网络故障。"),
          text("What its VMs do is unknown.", "该主机上的虚拟机状态未知。"),
          text("Check the host's power and network.", "请检查主机的电源和网络。"));

  static final AlertKind HOST_MEMORY =
      new AlertKind(
          AlertRuleObject.PHYSICAL_HOST,
          Watch.above(AlertRuleUnit.PERCENT, List.of(new Threshold(SeverityEnum.NOTICE, 85))),
          text("Host memory runs short", "主机内存使用率过高"),
          text("Host %s uses more than 85%% of its memory.", "主机 %s 的内存使用率超过 85%%。"),
          text("Its VMs need much memory.", "该主机上的虚拟机占用内存过多。"),
          text("No more VMs can start there.", "可能无法在该主机上启动更多虚拟机。"),
          text("Migrate VMs to other hosts.", "请将部分虚拟机迁移至其他主机。"));

  static final AlertKind TIME_OFFSET =
      new AlertKind(
          AlertRuleObject.NTP_SERVER,
          Watch.above(AlertRuleUnit.SECOND, List.of(new Threshold(SeverityEnum.INFO, 1))),
          text("Clocks differ", "主机与 NTP 服务器时间偏移"),
          text("The clock of host %s is wrong by more than a second.", "主机 %s 的时间偏移超过 1 秒。"),
          text("The time server was out of reach for long.", "主机长时间无法与 NTP 服务器同步。"),
          text("Times in logs can't be compared.", "日志时间可能不一致。"),
          text("Check the address of the time server.", "请检查 NTP 服务器的配置与连通性。"));

  static final AlertKind STORAGE_FULL =
      new AlertKind(
          AlertRuleObject.STORAGE_POOL,
          Watch.above(
              AlertRuleUnit.PERCENT,
              List.of(
                  new Threshold(SeverityEnum.NOTICE, 80),
                  new Threshold(SeverityEnum.CRITICAL, 90))),
          text("Storage runs full", "集群存储空间使用率过高"),
          text("Cluster %s uses more than 80%% of its storage.", "集群 %s 的存储空间使用率超过 80%%。"),
          text("There is too much data for the disks.", "集群内数据量过大。"),
          text("Writing fails when no space is left.", "空间耗尽后将无法写入数据。"),
          text("Delete what nobody needs, or add disks.", "请清理无用数据，或扩容磁盘。"));

  static final AlertKind LICENSE_EXPIRES =
      new AlertKind(
          AlertRuleObject.CLUSTER,
          Watch.occurrence(SeverityEnum.INFO),
          text("Licence ends soon", "许可即将到期"),
          text("The licence of cluster %s ends within a year.", "集群 %s 的许可将在一年内到期。"),
          text("The licence was given for a limited time.", "许可存在有效期限。"),
          text("The cluster can't be changed after that.", "到期后将无法对集群进行变更操作。"),
          text("Renew the licence.", "请及时更新许可。"));

  static final AlertKind VM_BUSY =
      new AlertKind(
          AlertRuleObject.VM,
          Watch.above(AlertRuleUnit.PERCENT, List.of(new Threshold(SeverityEnum.NOTICE, 90))),
          text("VM is short of CPU", "虚拟机 CPU 使用率过高"),
          text("VM %s uses more than 90%% of its CPUs.", "虚拟机 %s 的 CPU 使用率超过 90%%。"),
          text("Something inside computes a lot.", "虚拟机内业务负载过高。"),
          text("What it serves may be slow.", "业务响应可能变慢。"),
          text("Give the VM more CPUs.", "请为该虚拟机增加 CPU。"));

  static final AlertKind VM_WITHOUT_TOOLS =
      new AlertKind(
          AlertRuleObject.VM,
          Watch.occurrence(SeverityEnum.INFO),
          text("Guest tools are missing", "虚拟机未安装虚拟机工具"),
          text("VM %s runs without guest tools.", "虚拟机 %s 未安装虚拟机工具。"),
          text("Nobody installed them.", "虚拟机内尚未安装虚拟机工具。"),
          text("It can't be shut down gracefully.", "无法对该虚拟机执行正常关机。"),
          text("Insert the tools' image and install them.", "请挂载虚拟机工具映像并完成安装。"));

  static final List<AlertKind> ALL =
      List.of(
          DISK_FAILING,
          DISK_SLOW,
          DISK_BROKEN,
          DISK_UNMOUNTED,
          HOST_UNREACHABLE,
          HOST_MEMORY,
          TIME_OFFSET,
          STORAGE_FULL,
          LICENSE_EXPIRES,
          VM_BUSY,
          VM_WITHOUT_TOOLS);

  record Threshold(SeverityEnum severity, double value) {}

  /// When an alert begins.
  ///
  /// @param occurrence whether it is about something that happens, not about a number
  record Watch(boolean occurrence, AlertRuleUnit unit, List<Threshold> thresholds) {
    Watch {
      thresholds = List.copyOf(thresholds);
    }

    static Watch occurrence(SeverityEnum severity) {
      return new Watch(true, AlertRuleUnit.UNIT_UNSPECIFIED, List.of(new Threshold(severity, 1)));
    }

    static Watch above(AlertRuleUnit unit, List<Threshold> thresholds) {
      return new Watch(false, unit, thresholds);
    }
  }

  /// What happened.
  ///
  /// @param subject to what
  LocalizedText message(String subject) {
    return new LocalizedText(pattern.enUs().formatted(subject), pattern.zhCn().formatted(subject));
  }

  private static LocalizedText text(String enUs, String zhCn) {
    return new LocalizedText(enUs, zhCn);
  }
}
