package io.belfry.operations.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.operations.Site;
import io.belfry.store.rows.VmEdit;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The settings of recycle bins, and whether VMs go there.
class RecycleBinSettingTest {
  private final Site site = new Site();
  private final JsonNode vm = site.vm("'status': 'STOPPED'");
  private final String cluster = vm.at("/cluster/id").asText();

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void switchesTheTowersBin() throws InterruptedException {
    forgetTheClusters();

    var answer = site.call("update-global-recycle-bin-setting", "{'enabled': false, 'retain': 7}");

    assertThat(answer.at("/data/vm_recycle_bin/enabled").booleanValue()).isFalse();
    assertThat(answer.at("/data/vm_recycle_bin/retain").intValue()).isEqualTo(7);
    assertThat(site.task(answer).description().enUs()).isEqualTo("Edit recycle bin");
    assertThatThrownBy(this::recycle).hasMessageStartingWith("The recycle bin is off where VM");

    site.call("update-global-recycle-bin-setting", "{'enabled': true, 'retain': 7}");
    recycle();

    assertThat(site.vmById(vm.path("id").asText()).path("in_recycle_bin").booleanValue()).isTrue();
  }

  @Test
  void goesByTheClustersBinBeforeTheTowers() throws InterruptedException {
    site.call("update-global-recycle-bin-setting", "{'enabled': true, 'retain': 7}");

    site.call("create-cluster-recycle-bin-setting", bin(false));
    assertThatThrownBy(this::recycle).hasMessageStartingWith("The recycle bin is off where VM");
    assertThat(settings().at("/vm_recycle_bin/enabled").booleanValue()).isFalse();

    site.call("update-cluster-recycle-bin-setting", bin(true));
    assertThat(settings().at("/vm_recycle_bin/enabled").booleanValue()).isTrue();

    site.call("update-cluster-recycle-bin-setting", bin(false));
    forgetTheClusters();
    assertThat(settings().path("vm_recycle_bin").isNull()).isTrue();
    recycle();
  }

  @Test
  void makesSettingsForATowerWithoutAny() {
    site.store()
        .change(transaction -> transaction.execute("DELETE FROM tower.global_settings", List.of()));

    var answer = site.call("update-global-recycle-bin-setting", "{'enabled': true, 'retain': 7}");

    assertThat(answer.at("/data/vm_recycle_bin/retain").intValue()).isEqualTo(7);
    assertThat(site.list("GlobalSettings", "{}")).hasSize(1);
  }

  @Test
  void makesSettingsForAClusterWithoutAny() {
    site.store()
        .change(transaction ->
            transaction.execute(
                "DELETE FROM tower.cluster_settings WHERE cluster_id = ?", List.of(cluster)));

    site.call("create-cluster-recycle-bin-setting", bin(true));

    assertThat(settings().at("/vm_recycle_bin/retain").intValue()).isEqualTo(3);
  }

  @Test
  void removesVmsThatHaveBeenInTheBinForLongEnough() throws InterruptedException {
    forgetTheClusters();
    site.call("update-global-recycle-bin-setting", "{'enabled': true, 'retain': 7}");
    recycle();
    inTheBinFor(6);

    site.purgeRecycleBin();
    assertThat(bin()).contains(vm.path("id").asText());

    inTheBinFor(8);
    var others = bin().size() - 1;
    site.purgeRecycleBin();
    site.await(1);

    assertThat(site.list("Vm", "{'where': {'id': '%s'}}".formatted(vm.path("id").asText())))
        .isEmpty();
    assertThat(bin()).hasSize(others);
    var task =
        site.first(
            "Task",
            "{'resource_id': '%s', 'resource_mutation': 'deleteVm'}"
                .formatted(vm.path("id").asText()));
    assertThat(task.path("status").asText()).isEqualTo("SUCCESSED");
    assertThat(task.path("user").isNull()).isTrue();
  }

  @Test
  void keepsVmsForAsLongAsTheClusterSays() throws InterruptedException {
    site.call("update-global-recycle-bin-setting", "{'enabled': true, 'retain': 1}");
    for (var days : List.of(30, 0)) {
      site.call(
          "update-cluster-recycle-bin-setting",
          "{'where': {'id': '%s'}, 'data': {'enabled': true, 'retain': %s}}"
              .formatted(cluster, days));
      if (days == 30) {
        recycle();
        inTheBinFor(8);
      }

      site.purgeRecycleBin();

      assertThat(bin()).contains(vm.path("id").asText());
    }
  }

  private void inTheBinFor(int days) {
    site.store()
        .change(transaction ->
            transaction.update(
                vm.path("id").asText(),
                VmEdit.edit().deletedAt(Site.NOW.minus(Duration.ofDays(days)))));
  }

  private List<String> bin() {
    return site
        .list(
            "Vm",
            "{'where': {'in_recycle_bin': true, 'entityAsyncStatus': null, 'cluster': {'id': '%s'}}}"
                .formatted(cluster))
        .stream()
        .map(one -> one.path("id").asText())
        .toList();
  }

  private void forgetTheClusters() {
    site.call("delete-cluster-recycle-bin-setting", "{'where': {'id': '%s'}}".formatted(cluster));
  }

  private void recycle() throws InterruptedException {
    site.done("move-vm-to-recycle", "{'where': {'id': '%s'}}".formatted(vm.path("id").asText()));
  }

  private String bin(boolean enabled) {
    return "{'where': {'id': '%s'}, 'data': {'enabled': %s, 'retain': 3}}"
        .formatted(cluster, enabled);
  }

  private JsonNode settings() {
    return site.first("ClusterSettings", "{'cluster': {'id': '%s'}}".formatted(cluster));
  }
}
