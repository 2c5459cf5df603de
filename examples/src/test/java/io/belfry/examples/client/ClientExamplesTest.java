package io.belfry.examples.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.examples.RunningServer;
import io.belfry.examples.Surroundings;
import io.belfry.sdk.ApiClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// 创建实例, 鉴权
@ExtendWith(RunningServer.class)
final class ClientExamplesTest {
  private final ApiClient client;
  private final Surroundings around;

  ClientExamplesTest(Surroundings around) {
    this.client = around.client();
    this.around = around;
  }

  @Test
  void logsIn() {
    try (var fresh = CreateApiClient.create(around.server().url())) {
      assertThat(LogIn.whoAmI(LogIn.logIn(fresh, around.server()))).isEqualTo("root");
      assertThat(LogIn.whoAmI(LogInForToken.logIn(fresh, around.server()))).isEqualTo("root");
    }
  }

  @Test
  void closes() {
    assertThat(CloseApiClient.useAndClose(around.server())).isEqualTo("root");
  }

  @Test
  void makesApis() {
    assertThat(CreateApi.create(client).getVms(q -> q.first(1))).hasSize(1);
  }
}
