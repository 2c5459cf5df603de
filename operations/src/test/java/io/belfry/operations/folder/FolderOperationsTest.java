package io.belfry.operations.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.operations.Site;
import io.belfry.store.rows.TaskStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FolderOperationsTest {
  private final Site site = Site.withWaitingTasks();
  private final String cluster = site.first("Cluster", "{'hypervisor': 'ELF'}").path("id").asText();

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void createsAFolder() {
    var answer = create("shop");

    var folder = folder(answer.at("/data/id").asText());
    assertThat(folder.path("name").asText()).isEqualTo("shop");
    assertThat(folder.at("/cluster/id").asText()).isEqualTo(cluster);
    assertThat(folder.path("vm_num").intValue()).isZero();
    var task = site.task(answer);
    assertThat(task.status()).isEqualTo(TaskStatus.SUCCESSED);
    assertThat(task.clusterId()).isEqualTo(cluster);
  }

  @Test
  void refusesANameThatTheClusterHas() {
    create("shop");
    var other = create("bar").at("/data/id").asText();

    assertThatThrownBy(() -> create("shop"))
        .hasMessage("body[0].name: the cluster has a folder shop already");
    assertThatThrownBy(() ->
            site.call(
                "update-vm-folder",
                "{'where': {'id': '%s'}, 'data': {'name': 'shop'}}".formatted(other)))
        .hasMessage("body.data.name: the cluster has a folder shop already");
  }

  @Test
  void refusesAClusterThatIsNotThere() {
    assertThatThrownBy(
            () -> site.call("create-vm-folder", "[{'cluster_id': 'nowhere', 'name': 'shop'}]"))
        .hasMessage("body[0].cluster_id: there is no Cluster with the id nowhere");
  }

  @Test
  void renames() {
    var id = create("shop").at("/data/id").asText();

    site.call("update-vm-folder", "{'where': {'id': '%s'}, 'data': {'name': 'bar'}}".formatted(id));

    assertThat(folder(id).path("name").asText()).isEqualTo("bar");
  }

  @Test
  void holdsVmsUntilTheyAreTakenOut() {
    var folder = create("shop").at("/data/id").asText();
    var vm = site.vm("'status': 'RUNNING'").path("id").asText();

    var added = add(vm, folder);
    assertThat(added.at("/0/data/folder/name").asText()).isEqualTo("shop");
    assertThat(folder(folder).path("vm_num").intValue()).isOne();

    var next = create("bar").at("/data/id").asText();
    add(vm, next);
    assertThat(folder(folder).path("vm_num").intValue()).isZero();
    assertThat(folder(next).path("vm_num").intValue()).isOne();

    site.call("remove-vm-from-folder", "{'where': {'id': '%s'}}".formatted(vm));
    assertThat(site.vmById(vm).path("folder").isNull()).isTrue();
  }

  @Test
  void refusesVmsOfAnotherCluster() {
    var folder = create("shop").at("/data/id").asText();
    var vm = site.first("Vm", "{'cluster': {'id_not': '%s'}}".formatted(cluster));

    assertThatThrownBy(() -> add(vm.path("id").asText(), folder))
        .hasMessage(
            "body.data.folder_id: folder shop is in another cluster than VM %s"
                .formatted(vm.path("name").asText()));
  }

  @Test
  void refusesAFolderThatIsNotThere() {
    var vm = site.vm("'status': 'RUNNING'").path("id").asText();

    assertThatThrownBy(() -> add(vm, "nothing"))
        .hasMessage("body.data.folder_id: there is no VmFolder with the id nothing");
  }

  @Test
  void refusesAVmThatATaskChanges() {
    var folder = create("shop").at("/data/id").asText();
    var vm = site.vm("'status': 'STOPPED'").path("id").asText();
    site.call("start-vm", "{'where': {'id': '%s'}}".formatted(vm));

    assertThatThrownBy(() -> add(vm, folder)).hasMessage("Resource [VM-%s] locked".formatted(vm));
  }

  @Test
  void deletesAFolderAndKeepsItsVms() {
    var folder = create("shop").at("/data/id").asText();
    var vm = site.vm("'status': 'RUNNING'").path("id").asText();
    add(vm, folder);

    var answer = site.call("delete-vm-folder", "{'where': {'id': '%s'}}".formatted(folder));

    assertThat(answer.at("/0/data/id").asText()).isEqualTo(folder);
    assertThat(site.list("VmFolder", "{'where': {'id': '%s'}}".formatted(folder))).isEmpty();
    assertThat(site.vmById(vm).path("folder").isNull()).isTrue();
  }

  private JsonNode create(String name) {
    return site.call(
            "create-vm-folder", "[{'cluster_id': '%s', 'name': '%s'}]".formatted(cluster, name))
        .path(0);
  }

  private JsonNode add(String vm, String folder) {
    return site.call(
        "add-vm-to-folder",
        "{'where': {'id': '%s'}, 'data': {'folder_id': '%s'}}".formatted(vm, folder));
  }

  private JsonNode folder(String id) {
    return site.first("VmFolder", "{'id': '%s'}".formatted(id));
  }
}
