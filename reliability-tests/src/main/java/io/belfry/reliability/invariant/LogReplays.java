package io.belfry.reliability.invariant;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Every change in the revision log begins with what the changes before it left, and all of them
/// lead to what is stored: so each prefix of the log replays to the state that there was.
///
/// Each look replays what has come since the last one, on the state that the first look found. So a
/// run may be long.
final class LogReplays implements Invariant {
  private static final Map<String, String> TABLES =
      new TreeMap<>(
          Map.of(
              "Vm", "vm",
              "VmDisk", "vm_disk",
              "VmNic", "vm_nic",
              "VmVolume", "vm_volume",
              "VmSnapshot", "vm_snapshot",
              "IscsiLun", "iscsi_lun",
              "Task", "task"));

  private final List<ReplayedTable> tables = new ArrayList<>();

  LogReplays() {
    TABLES.forEach((entity, table) -> tables.add(new ReplayedTable(entity, table)));
  }

  @Override
  public String name() {
    return "every prefix of the revision log replays to the state";
  }

  @Override
  public List<String> violations(Evidence evidence) {
    return tables.stream().flatMap(table -> table.follow(evidence).stream()).toList();
  }
}
