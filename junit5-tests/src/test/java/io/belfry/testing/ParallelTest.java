package io.belfry.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Vm;
import io.belfry.sdk.model.VmDeleteParams;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.DiscoverySelectors;

/// Tests that JUnit would run all at once, each of which would be in the way of the others.
@BelfryServer(simulate = "10-vms")
final class ParallelTest {
  private static final AtomicInteger AT_ONCE = new AtomicInteger();

  @Test
  void isJUnit5() {
    assertThat(DiscoverySelectors.class.getPackage().getImplementationVersion()).startsWith("1.");
  }

  @RepeatedTest(4)
  void eachTestHasTheServerForItselfAndBeginsWithTheSeed(ApiClient client) {
    assertThat(AT_ONCE.incrementAndGet()).isEqualTo(1);
    var vms = new VmApi(client);

    assertThat(vms.getVmsConnection().count()).isEqualTo(10);
    var first = vms.findVm(q -> q.orderBy(Vm.NAME.ascending())).orElseThrow();
    vms.poweroffVm(Vm.ID.is(first.id())).await(Duration.ofMinutes(1));
    vms.deleteVm(VmDeleteParams.builder().where(Vm.ID.is(first.id())).build())
        .await(Duration.ofMinutes(1));
    assertThat(vms.getVmsConnection().count()).isEqualTo(9);

    AT_ONCE.decrementAndGet();
  }

  @Nested
  @BelfryServer(simulate = "10-vms", seed = 2)
  final class OnAServerOfItsOwn {
    @Test
    void hasOtherVms(ApiClient client) {
      assertThat(new VmApi(client).getVmsConnection().count()).isEqualTo(10);
    }
  }
}
