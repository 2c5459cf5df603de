package io.belfry.datacenter;

import io.belfry.datacenter.VmRows.Groups;
import io.belfry.datacenter.Workload.Stage;
import io.belfry.store.rows.EntityFilterEdit;
import io.belfry.store.rows.EntityFilterRow;
import io.belfry.store.rows.EntityType;
import io.belfry.store.rows.FilterStatus;
import io.belfry.store.rows.LabelEdit;
import io.belfry.store.rows.LabelRow;
import io.belfry.store.rows.SnapshotPlanEdit;
import io.belfry.store.rows.SnapshotPlanExecuteStatus;
import io.belfry.store.rows.SnapshotPlanExecuteType;
import io.belfry.store.rows.SnapshotPlanStatus;
import io.belfry.store.rows.VmEntityFilterResultEdit;
import io.belfry.store.rows.VmFolderEdit;
import io.belfry.store.rows.VmPlacementGroupEdit;
import io.belfry.store.rows.VmPlacementGroupRow;
import io.belfry.store.rows.VmVmPolicy;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Makes what VMs are grouped by: labels, folders, a placement group, a snapshot plan and a filter.
final class Groupings {
  private static final int APART = 3;
  private static final int FILTERED = 3;
  private static final double IDLE_PERCENT = 10;

  private final Construction construction;
  private final Map<Stage, String> labels = new EnumMap<>(Stage.class);

  Groupings(Construction construction) {
    this.construction = construction;
  }

  void addLabels() {
    for (var stage : Stage.values()) {
      labels.put(stage, addLabel("environment", stage.label()));
    }
    addLabel("owner", "platform-team");
  }

  private String addLabel(String key, String value) {
    var id = construction.ids().cuid();
    construction
        .rows()
        .add(
            LabelEdit.edit().id(id).key(key).value(value).createdAt(construction.past().instant()));
    return id;
  }

  /// The groups that a cluster's VMs are put into when they are made.
  ///
  /// @param plans what these VMs shall be
  Folders addFolders(ClusterSite site, List<VmPlan> plans) {
    if (!site.isElf()) {
      return new Folders(Map.of(), null);
    }
    var folders = new EnumMap<Stage, String>(Stage.class);
    for (var stage : Stage.values()) {
      var id = construction.ids().cuid();
      folders.put(stage, id);
      construction
          .rows()
          .add(
              VmFolderEdit.edit()
                  .id(id)
                  .localId(construction.ids().uuid())
                  .clusterId(site.id())
                  .name(stage.folder()));
    }
    return new Folders(folders, addSnapshotPlan(site, plans));
  }

  /// A cluster's folders, and its snapshot plan.
  record Folders(Map<Stage, String> byStage, @Nullable String snapshotPlan) {
    Folders {
      byStage = Map.copyOf(byStage);
    }

    /// @param index counts the cluster's VMs from 0
    Groups of(VmPlan plan, int index) {
      var folder = index % 10 == 0 ? null : byStage.get(plan.workload().stage());
      return new Groups(folder, isSnapshotted(plan) ? snapshotPlan : null);
    }
  }

  private static boolean isSnapshotted(VmPlan plan) {
    return plan.workload().equals(Workload.DATABASE) && plan.state().isRunning();
  }

  private String addSnapshotPlan(ClusterSite site, List<VmPlan> plans) {
    var members = plans.stream().filter(Groupings::isSnapshotted).count();
    var id = construction.ids().cuid();
    construction
        .rows()
        .add(
            SnapshotPlanEdit.edit()
                .id(id)
                .localId(construction.ids().uuid())
                .clusterId(site.id())
                .name("nightly-databases")
                .description("Every night, kept for a week")
                .executePlanType(SnapshotPlanExecuteType.DAY)
                .executeIntervals(Json.list().add(1))
                .execHM(Json.list(List.of(Json.object().put("hour", 2).put("minute", 0))))
                .startTime(construction.past().instant())
                .nextExecuteTime(construction.now().plus(Duration.ofHours(8)))
                .lastExecuteStatus(SnapshotPlanExecuteStatus.UNSPECIFIED)
                .status(SnapshotPlanStatus.SUSPENDED)
                .healthy(true)
                .mirror(false)
                .remainSnapshotNum(7)
                .autoDeleteNum(0)
                .autoExecuteNum(0)
                .manualDeleteNum(0)
                .manualExecuteNum(0)
                .snapshotGroupNum(0)
                .objectNum(Math.toIntExact(members))
                .logicalSizeBytes(0)
                .physicalSizeBytes(0));
    return id;
  }

  /// Labels a cluster's VMs, and keeps its first databases apart.
  void group(ClusterSite site, List<MadeVm> vms) {
    for (var stage : Stage.values()) {
      var members =
          vms.stream().filter(vm -> vm.plan().workload().stage() == stage).map(MadeVm::id).toList();
      var label = Objects.requireNonNull(labels.get(stage));
      construction.rows().link(LabelRow.TYPE, "vms", label, members);
    }
    if (site.isElf()) {
      addPlacementGroup(site, vms);
    }
  }

  private void addPlacementGroup(ClusterSite site, List<MadeVm> vms) {
    var id = construction.ids().cuid();
    construction
        .rows()
        .add(
            VmPlacementGroupEdit.edit()
                .id(id)
                .localId(construction.ids().uuid())
                .clusterId(site.id())
                .name("databases-apart")
                .description("A host that fails takes one database at most")
                .enabled(true)
                .vmVmPolicy(VmVmPolicy.PREFER_DIFFERENT)
                .vmVmPolicyEnabled(true)
                .vmHostMustEnabled(false)
                .vmHostMustPolicy(false)
                .vmHostPreferEnabled(false)
                .vmHostPreferPolicy(false)
                .localCreatedAt(construction.past().instant())
                .localUpdatedAt(construction.past().instant()));
    var databases =
        vms.stream()
            .filter(vm -> vm.plan().workload().equals(Workload.DATABASE))
            .filter(vm -> !vm.plan().state().recycled())
            .limit(APART)
            .map(MadeVm::id)
            .toList();
    construction.rows().link(VmPlacementGroupRow.TYPE, "vms", id, databases);
  }

  /// A filter that finds VMs with little to do.
  void addFilter(ClusterSite site, List<MadeVm> vms) {
    var id = construction.ids().cuid();
    var idle =
        vms.stream()
            .filter(vm -> vm.plan().state().isRunning())
            .filter(vm -> vm.plan().state().cpuPercent() < IDLE_PERCENT)
            .limit(FILTERED)
            .toList();
    var rule =
        Json.object()
            .put("aggregation", "AVG")
            .put("duration", 7 * 24 * 3_600)
            .put("metric", "VM_CPU_USAGE")
            .put("op", "LT")
            .put("quantile", 0)
            .put("threshold", IDLE_PERCENT);
    construction
        .rows()
        .add(
            EntityFilterEdit.edit()
                .id(id)
                .name("Idle VMs")
                .entityType(EntityType.VM)
                .applyToAllClusters(false)
                .rules(Json.list(List.of(rule)))
                .ids(Json.texts(idle.stream().map(MadeVm::id).toList()))
                .excludeIds(Json.NONE)
                .filterError(Json.NONE)
                .filterStatus(FilterStatus.SUCCESSED)
                .lastExecutedAt(construction.past().instant()));
    construction.rows().link(EntityFilterRow.TYPE, "clusters", id, List.of(site.id()));
    for (var vm : idle) {
      construction
          .rows()
          .add(
              VmEntityFilterResultEdit.edit()
                  .id(construction.ids().cuid())
                  .entityFilterId(id)
                  .vmId(vm.id())
                  .result(Json.list().add(vm.plan().state().cpuPercent())));
    }
  }
}
