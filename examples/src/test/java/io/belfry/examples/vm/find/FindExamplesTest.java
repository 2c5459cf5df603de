package io.belfry.examples.vm.find;

import static io.belfry.examples.Surroundings.name;
import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.examples.RunningServer;
import io.belfry.examples.Surroundings;
import io.belfry.examples.vm.edit.EditBasicInfo;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.model.Vm;
import io.belfry.sdk.model.VmStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// 获取虚拟机
@ExtendWith(RunningServer.class)
final class FindExamplesTest {
  private final ApiClient client;
  private final Surroundings around;

  FindExamplesTest(Surroundings around) {
    this.client = around.client();
    this.around = around;
  }

  @Test
  void findsAll() {
    var all = FindAllVms.find(client);
    assertThat(all).extracting(Vm::id).doesNotHaveDuplicates();
    assertThat(all).hasSizeGreaterThan(50);
  }

  @Test
  void findsPages() {
    var all = FindAllVms.find(client).stream().map(Vm::id).toList();
    assertThat(FindVmsByPage.find(client, 1, 20))
        .extracting(Vm::id)
        .containsExactlyElementsOf(all.subList(20, 40));
  }

  @Test
  void findsWhatRuns() {
    assertThat(FindRunningVms.find(client))
        .isNotEmpty()
        .allMatch(vm -> vm.status().equals(VmStatus.RUNNING));
  }

  @Test
  void findsByVcpu() {
    assertThat(FindVmsByVcpu.find(client, 4)).isNotEmpty().allMatch(vm -> vm.vcpu() > 4);
  }

  @Test
  void findsByNameAndByDescription() {
    var named = around.blankVm();
    var described =
        EditBasicInfo.edit(client, around.blankVm().id(), name("vm"), "like " + named.name() + "!");
    assertThat(FindVmsByNameOrDescription.find(client, named.name()))
        .extracting(Vm::id)
        .contains(named.id(), described.id());
  }
}
