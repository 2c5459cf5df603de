package io.belfry.examples.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.examples.RunningServer;
import io.belfry.examples.Surroundings;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.model.Vm;
import io.belfry.sdk.model.VmStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// 发送请求
@ExtendWith(RunningServer.class)
final class RequestExamplesTest {
  private final ApiClient client;
  private final Surroundings around;

  RequestExamplesTest(Surroundings around) {
    this.client = around.client();
    this.around = around;
  }

  private static final String CHINESE = "(?s).*\\p{IsHan}.*";

  @Test
  void reads() {
    var vm = around.blankVm();
    assertThat(GetResources.get(client, vm.id())).extracting(Vm::name).containsExactly(vm.name());
  }

  @Test
  void changes() {
    var vm = UpdateResources.start(client, around.blankVm().id());
    assertThat(vm.status()).isEqualTo(VmStatus.RUNNING);
  }

  @Test
  void waitsForTasks() {
    assertThat(WaitForTasks.startAndWait(client, around.blankVm().id()))
        .startsWith("done: Start VM");
  }

  @Test
  void followsWhatHappensToAVm() {
    var seen = FollowChanges.start(client, around.blankVm().id());

    assertThat(seen.getFirst()).contains("UPDATE", "entityAsyncStatus", "UPDATING");
    assertThat(seen).anySatisfy(line -> assertThat(line).contains("RUNNING"));
  }

  @Test
  void saysThatATaskTakesTooLong() {
    assertThat(WaitForTasks.waitFor(client, List.of("no-such-task"), Duration.ofMillis(300)))
        .startsWith("408");
  }

  @Test
  void saysThatATaskFailed() {
    var vm = around.hugeVm();
    assertThat(WaitForTasks.startAndWait(client, vm.id()))
        .startsWith("500")
        .contains("HostAvailableMemoryFilter");
  }

  @Test
  void choosesTheLanguageOfAllAnswers() {
    assertThat(SetDefaultHeader.alerts(around.server(), "zh-CN", around.clusterId()))
        .isNotEmpty()
        .allMatch(message -> message.matches(CHINESE));
  }

  @Test
  void choosesTheLanguageOfOneAnswer() {
    assertThat(SetHeaderForOneCall.alerts(client, "zh-CN", around.clusterId()))
        .isNotEmpty()
        .allMatch(message -> message.matches(CHINESE));
    assertThat(SetHeaderForOneCall.alerts(client, "en-US", around.clusterId()))
        .isNotEmpty()
        .noneMatch(message -> message.matches(CHINESE));
  }

  @Test
  void goesOnMeanwhile() throws InterruptedException, ExecutionException {
    var vm = around.blankVm();
    assertThat(SendRequestAsynchronously.name(client, vm.id()).get()).isEqualTo(vm.name());
  }
}
