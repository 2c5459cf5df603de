package io.belfry.reliability.crash;

import io.belfry.sdk.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Compares what the server shows with what its tenant's books say.
record Auditor(Estate estate, Link link, Ledger ledger, Findings findings) {
  private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  /// Everything; to be called when no task of the tenant lives.
  void all() throws InterruptedException {
    for (var vm : List.copyOf(estate.vms())) {
      vm(vm);
      tasks(vm);
    }
    noOtherVms();
    templateVolumes();
    names("disk", ownVolumes(), "get-vm-volumes");
    names("volume", ownVolumes(), "get-vm-volumes");
    names("kept", List.copyOf(estate.volumeSnapshots()), "get-vm-volume-snapshots");
    names("template", List.copyOf(estate.templates()), "get-vm-templates");
    names("snapshot", List.copyOf(estate.snapshots().keySet()), "get-vm-snapshots");
  }

  /// One VM, be it there or deleted; to be called when no task changes it.
  void vm(OwnVm vm) throws InterruptedException {
    var found = link.list("get-vms", Json.object("id", vm.id()));
    if (!vm.exists()) {
      if (!found.isEmpty()) {
        contradiction(vm, "a deleted VM is gone", found.getFirst().toString());
      }
      return;
    }
    if (found.isEmpty()) {
      contradiction(vm, "an acknowledged VM is not lost", "there is none with its id");
      return;
    }
    var shown = found.getFirst();
    for (var difference : differences(vm.state(), shown)) {
      contradiction(vm, "a VM is as acknowledged changes have made it", difference);
    }
  }

  private List<String> differences(VmState expected, Json shown) throws InterruptedException {
    var differences = new ArrayList<String>();
    var binned = expected.identity().binned();
    compare(differences, shown, binned ? "original_name" : "name", expected.name());
    compare(differences, shown, "description", expected.identity().description());
    compare(differences, shown, "in_recycle_bin", binned);
    compare(differences, shown, "status", expected.power().name());
    compare(differences, shown, "memory", expected.size().memory());
    compare(differences, shown, "vcpu", expected.size().vcpu());
    compare(differences, shown, "entityAsyncStatus", null);
    if (!UUID.matcher(shown.get("local_id").asText()).matches()) {
      differences.add("local_id is " + shown.get("local_id"));
    }
    devices(differences, expected.devices(), shown);
    return differences;
  }

  private void devices(List<String> differences, VmState.Devices expected, Json shown)
      throws InterruptedException {
    var ofVm = Json.object("vm", Json.object("id", shown.get("id")));
    var disks = link.list("get-vm-disks", ofVm);
    var cdRoms = disks.stream().filter(disk -> disk.get("vm_volume").isNull()).count();
    count(differences, "CD drives", expected.cdRoms(), cdRoms);
    count(differences, "disks", expected.disks(), disks.size() - cdRoms);
    count(differences, "NICs", expected.nics(), link.list("get-vm-nics", ofVm).size());
    var mounted = new TreeSet<String>();
    for (var disk : disks) {
      if (!disk.get("vm_volume").isNull()) {
        mounted.add(disk.get("vm_volume").get("name").asText());
      }
    }
    if (!mounted.containsAll(expected.volumes())) {
      differences.add("it has volumes %s, expected %s".formatted(mounted, expected.volumes()));
    }
  }

  private static void compare(
      List<String> differences, Json shown, String field, @Nullable Object expected) {
    if (!shown.get(field).equals(Json.of(expected))) {
      differences.add(
          "%s is %s, expected %s".formatted(field, shown.get(field), Json.of(expected)));
    }
  }

  private static void count(List<String> differences, String what, long expected, long shown) {
    if (expected != shown) {
      differences.add("it has %s %s, expected %s".formatted(shown, what, expected));
    }
  }

  /// A task that nobody has asked for would be an effect that took place twice.
  private void tasks(OwnVm vm) throws InterruptedException {
    var found = new TreeSet<String>();
    for (var task : link.list("get-tasks", Json.object("resource_id", vm.id()))) {
      found.add(task.get("id").asText());
    }
    found.removeAll(vm.tasks());
    if (!found.isEmpty()) {
      contradiction(vm, "no task that nobody has asked for", found.toString());
    }
  }

  private void noOtherVms() throws InterruptedException {
    var ours = estate.vms().stream().filter(OwnVm::exists).map(OwnVm::id).toList();
    var prefix = Json.object("name_starts_with", estate.prefix());
    for (var vm : link.list("get-vms", prefix)) {
      if (!ours.contains(vm.get("id").asText())) {
        findings.add(
            "one VM for each creation",
            vm + ledger.about(vm.get("id").asText(), vm.get("name").asText()));
      }
    }
  }

  /// Volumes that come from a template are called after the VM, and live and die with it.
  private void templateVolumes() throws InterruptedException {
    for (var volume : ofKind("get-vm-volumes", "vm")) {
      if (!volume.get("mounting").asBoolean()) {
        var name = volume.get("name").asText();
        findings.add("no volume is left behind", volume + ledger.about(name.split("-")[2]));
      }
    }
  }

  private List<Json> ofKind(String path, String kind) throws InterruptedException {
    return link.list(path, Json.object("name_starts_with", estate.prefix() + kind + "-"));
  }

  private List<String> ownVolumes() {
    var names = new ArrayList<>(estate.looseVolumes());
    for (var vm : estate.vms()) {
      if (vm.exists()) {
        names.addAll(vm.state().devices().volumes());
      }
    }
    return names;
  }

  private void names(String kind, List<String> expected, String path) throws InterruptedException {
    var shown = new ArrayList<String>();
    for (var object : ofKind(path, kind)) {
      shown.add(object.get("name").asText());
    }
    Collections.sort(shown);
    var sorted =
        expected.stream()
            .filter(name -> name.startsWith(estate.prefix() + kind + "-"))
            .sorted()
            .toList();
    if (!shown.equals(sorted)) {
      findings.add(
          "each %s of the books is there once, and no other".formatted(kind),
          "missing %s, too many %s%s"
              .formatted(
                  without(sorted, shown),
                  without(shown, sorted),
                  ledger.about(difference(sorted, shown).toArray(String[]::new))));
    }
  }

  private static List<String> without(List<String> all, List<String> some) {
    var left = new ArrayList<>(all);
    some.forEach(left::remove);
    return left;
  }

  private static Set<String> difference(List<String> one, List<String> other) {
    var difference = new TreeSet<>(without(one, other));
    difference.addAll(without(other, one));
    return difference;
  }

  private void contradiction(OwnVm vm, String rule, String detail) {
    findings.add(
        rule,
        "%s (%s): %s%s"
            .formatted(vm.birthName(), vm.id(), detail, ledger.about(vm.id(), vm.birthName())));
  }
}
