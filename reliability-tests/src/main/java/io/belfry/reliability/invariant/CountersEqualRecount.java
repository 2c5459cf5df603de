package io.belfry.reliability.invariant;

import io.belfry.sdk.ApiClient;
import io.belfry.sdk.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/// What the server counts and sums up is what comes out when its lists are counted and summed up
/// here.
final class CountersEqualRecount implements Invariant {
  @Override
  public String name() {
    return "every counter equals a recount";
  }

  @Override
  public List<String> violations(Evidence evidence) {
    return new Recount(evidence.client()).differences();
  }

  /// One recount: the lists it needs, and what differs.
  private static final class Recount {
    private final ApiClient client;
    private final List<Json> vms;
    private final List<Json> volumes;
    private final List<Json> disks;
    private final List<String> differences = new ArrayList<>();

    Recount(ApiClient client) {
      this.client = client;
      vms = list("get-vms");
      volumes = list("get-vm-volumes");
      disks = list("get-vm-disks");
    }

    private List<Json> list(String path) {
      return client.call(path, Json.object()).elements();
    }

    List<String> differences() {
      list("get-clusters").forEach(cluster -> population("cluster", cluster));
      list("get-hosts").forEach(host -> population("host", host));
      list("get-vm-folders").forEach(folder -> count("folder", folder, "vm_num", _ -> true, vms));
      var vlans = list("get-vlans");
      list("get-vdses").forEach(vds -> count("vds", vds, "vlans_num", _ -> true, vlans));
      vms.forEach(this::sizes);
      volumes.forEach(this::mounting);
      labels();
      return differences;
    }

    private void population(String relation, Json owner) {
      Predicate<Json> kept = vm -> !vm.get("in_recycle_bin").asBoolean();
      count(relation, owner, "vm_num", kept, vms);
      for (var status : List.of("RUNNING", "STOPPED", "SUSPENDED")) {
        Predicate<Json> such = kept.and(vm -> vm.get("status").asText().equals(status));
        count(relation, owner, status.toLowerCase(Locale.ROOT) + "_vm_num", such, vms);
      }
      sum(relation, owner, "provisioned_memory_bytes", kept, vm -> vm.get("memory").asLong());
      sum(relation, owner, "provisioned_cpu_cores", kept, vm -> vm.get("vcpu").asLong());
    }

    private void count(
        String relation, Json owner, String counter, Predicate<Json> counted, List<Json> objects) {
      var recount =
          objects.stream().filter(counted).filter(each -> isOf(each, relation, owner)).count();
      compare(relation, owner, counter, recount);
    }

    private void sum(
        String relation,
        Json owner,
        String counter,
        Predicate<Json> counted,
        ToLongFunction<Json> value) {
      var recount =
          vms.stream()
              .filter(counted)
              .filter(vm -> isOf(vm, relation, owner))
              .mapToLong(value)
              .sum();
      compare(relation, owner, counter, recount);
    }

    private static boolean isOf(Json object, String relation, Json owner) {
      var related = object.get(relation);
      return !related.isNull() && related.get("id").equals(owner.get("id"));
    }

    private void sizes(Json vm) {
      var recount = 0L;
      for (var disk : disks) {
        if (isOf(disk, "vm", vm) && !disk.get("vm_volume").isNull()) {
          var id = disk.get("vm_volume").get("id");
          recount +=
              volumes.stream()
                  .filter(volume -> volume.get("id").equals(id))
                  .mapToLong(volume -> volume.get("size").asLong())
                  .sum();
        }
      }
      compare("vm", vm, "provisioned_size", recount);
    }

    private void mounting(Json volume) {
      var mounted = disks.stream().anyMatch(disk -> isOf(disk, "vm_volume", volume));
      if (volume.get("mounting").asBoolean() != mounted) {
        differences.add(
            "volume %s: mounting is %s, but %s disk has it"
                .formatted(volume.get("id"), volume.get("mounting"), mounted ? "a" : "no"));
      }
    }

    private void labels() {
      for (var label : list("get-labels")) {
        var id = label.get("id");
        var recount =
            vms.stream()
                .filter(vm ->
                    vm.get("labels").elements().stream()
                        .anyMatch(labelled -> labelled.get("id").equals(id)))
                .count();
        compare("label", label, "vm_num", recount);
      }
    }

    private void compare(String relation, Json owner, String counter, long recount) {
      var shown = owner.get(counter);
      if (shown.isNull() || shown.asLong() != recount) {
        differences.add(
            "%s %s: %s is %s, recounted %s"
                .formatted(relation, owner.get("id"), counter, shown, recount));
      }
    }
  }
}
