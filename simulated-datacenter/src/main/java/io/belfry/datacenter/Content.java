package io.belfry.datacenter;

import io.belfry.datacenter.ContentLibrary.Images;
import io.belfry.datacenter.Groupings.Folders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Makes a whole data centre, from the organisation down to yesterday's tasks.
final class Content {
  /// When VMs began to be created, before now.
  private static final Duration VMS_SINCE = Duration.ofDays(300);

  private static final Duration VMS_UNTIL = Duration.ofDays(2);

  /// Every so manieth VM of an ELF cluster has snapshots.
  private static final int SNAPSHOTTED = 12;

  private final Construction construction;
  private final SimulationSize size;
  private final VmPlanner planner;
  private final HostRows hosts;
  private final Groupings groupings;
  private final AlertRows alerts;

  Content(Construction construction, SimulationSize size) {
    this.construction = construction;
    this.size = size;
    planner = new VmPlanner(construction);
    hosts = new HostRows(construction);
    groupings = new Groupings(construction);
    alerts = new AlertRows(construction);
  }

  void add() {
    var datacenters = new TowerRows(construction).add();
    groupings.addLabels();
    alerts.addGlobalRules();
    var sites = addClusters(datacenters);
    var images =
        new ContentLibrary(construction).add(sites.stream().filter(ClusterSite::isElf).toList());
    construction.past().passTo(construction.now().minus(VMS_SINCE));
    var first = fill(sites.getFirst(), images);
    sites.stream().skip(1).forEach(site -> fill(site, images));
    groupings.addFilter(sites.getFirst(), first);
    new HistoryRows(construction).add(sites.getFirst(), first);
    construction.rows().flush();
  }

  private List<ClusterSite> addClusters(List<String> datacenters) {
    var clusters = new ClusterRows(construction);
    var sites = new ArrayList<ClusterSite>();
    for (var plan : size.clusters()) {
      sites.add(clusters.add(plan, datacenters.get((plan.number() - 1) % datacenters.size())));
    }
    return sites;
  }

  private List<MadeVm> fill(ClusterSite site, Map<String, Images> images) {
    var plans = planner.plan(site.plan());
    var placed = hosts.add(site, plans);
    var folders = groupings.addFolders(site, plans);
    var vms = addVms(new VmRows(construction, site, placed, images.get(site.id())), plans, folders);
    if (site.isElf()) {
      addSnapshots(site, vms);
    }
    groupings.group(site, vms);
    alerts.add(site, placed, vms);
    return vms;
  }

  private List<MadeVm> addVms(VmRows rows, List<VmPlan> plans, Folders folders) {
    var between = VMS_SINCE.minus(VMS_UNTIL).dividedBy(size.vms());
    var made = new ArrayList<MadeVm>();
    for (var plan : plans) {
      construction.past().pass(between);
      made.add(rows.add(plan, folders.of(plan, made.size())));
    }
    return made;
  }

  private void addSnapshots(ClusterSite site, List<MadeVm> vms) {
    var snapshots = new SnapshotRows(construction, site);
    for (var i = 0; i < vms.size(); i += SNAPSHOTTED) {
      snapshots.add(vms.get(i), "before-upgrade");
      if (i % (2 * SNAPSHOTTED) == 0) {
        snapshots.add(vms.get(i), "after-upgrade");
      }
    }
  }
}
