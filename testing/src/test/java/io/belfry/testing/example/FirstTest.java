package io.belfry.testing.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.VmApi;
import io.belfry.testing.BelfryServer;
import org.junit.jupiter.api.Test;

@BelfryServer
class FirstTest {
  @Test
  void thereAreAHundredVms(ApiClient client) {
    assertEquals(100, new VmApi(client).getVms().size());
  }
}
