package io.belfry.examples.vm.delete;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.examples.RunningServer;
import io.belfry.examples.Surroundings;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Vm;
import io.belfry.sdk.model.VmStatus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// 删除虚拟机
@ExtendWith(RunningServer.class)
final class DeleteExamplesTest {
  private final ApiClient client;
  private final Surroundings around;

  DeleteExamplesTest(Surroundings around) {
    this.client = around.client();
    this.around = around;
  }

  @Test
  void movesToTheBinAndRecovers() {
    var vm = around.guest(VmStatus.RUNNING);
    var binned = MoveToRecycleBin.move(client, List.of(vm.id())).getFirst();
    assertThat(binned.inRecycleBin()).isTrue();
    assertThat(binned.status()).isEqualTo(VmStatus.STOPPED);
    assertThat(binned.originalName()).isEqualTo(vm.name());
    var recovered = RecoverFromRecycleBin.recover(client, List.of(vm.id())).getFirst();
    assertThat(recovered.inRecycleBin()).isFalse();
    assertThat(recovered.name()).isEqualTo(vm.name());
  }

  @Test
  void deletes() {
    var ids = List.of(around.blankVm().id(), around.guest(VmStatus.RUNNING).id());
    assertThat(DeletePermanently.delete(client, ids)).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(new VmApi(client).getVms(Vm.ID.in(ids))).isEmpty();
  }
}
