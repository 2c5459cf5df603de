package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.operations.Decision;
import io.belfry.operations.Mutation.Decided;
import io.belfry.operations.device.Networks;
import io.belfry.operations.device.Volumes;
import io.belfry.operations.input.Params;
import io.belfry.problem.ProblemCode;
import io.belfry.store.rows.ClusterRow;
import io.belfry.store.rows.ConnectState;
import io.belfry.store.rows.Hypervisor;
import io.belfry.tasks.NewTask;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The VMs that one request creates. What they have in common is looked up once, and their rows are
/// written together, however many they are.
final class NewVms {
  private final Decision decision;
  private final Volumes volumes;
  private final Networks networks;
  private final Placements placements;
  private final Map<String, ClusterRow> clusters = new HashMap<>();

  private NewVms(Decision decision) {
    this.decision = decision;
    this.volumes = new Volumes(decision);
    this.networks = new Networks(decision);
    this.placements = new Placements(decision.transaction());
  }

  /// What is particular to one way to create VMs.
  @FunctionalInterface
  interface Way {
    /// Writes the rows of a VM, its disks and its NICs.
    ///
    /// @return what [NewVm#write] returned, with whatever else the task needs to know
    ObjectNode write(NewVm vm);
  }

  /// Writes the VMs that a request describes, and queues a task for each.
  ///
  /// @param path the operation's
  static List<Decided> queue(Decision decision, String path, Way way) {
    return queue(decision, path, decision.body().elements(), way);
  }

  /// As above, with what the request leaves to be found out: the `cluster_id` of each VM.
  static List<Decided> queue(Decision decision, String path, List<Params> requested, Way way) {
    VmNames.refuseIfTaken(decision, requested);
    var all = new NewVms(decision);
    var tasks = new ArrayList<NewTask>();
    for (var params : requested) {
      var vm = new NewVm(all, params);
      tasks.add(VmCreation.task(decision, path, vm, vm.complete(way.write(vm))));
    }
    all.placements.keepPromises();
    return decision.queue(tasks);
  }

  Decision decision() {
    return decision;
  }

  Volumes volumes() {
    return volumes;
  }

  Networks networks() {
    return networks;
  }

  Placement placement(ClusterRow cluster) {
    return placements.in(cluster.id());
  }

  /// The cluster that a request wants a VM to be in.
  ///
  /// @throws io.belfry.problem.ProblemException if it takes no VMs
  ClusterRow cluster(Params params) {
    return clusters.computeIfAbsent(params.text("cluster_id"), id -> cluster(id, params));
  }

  private ClusterRow cluster(String id, Params params) {
    var cluster = decision.require(ClusterRow.TYPE, id, params.path() + ".cluster_id");
    if (cluster.hypervisor() != Hypervisor.ELF
        || cluster.connectState() != ConnectState.CONNECTED) {
      throw params.refused(
          ProblemCode.PRECONDITION,
          "cluster_id",
          "%s.cluster_id: VMs can be created in a connected ELF cluster; %s is not one"
              .formatted(params.path(), cluster.name()));
    }
    return cluster;
  }
}
