package io.belfry.examples.client;

import io.belfry.examples.Server;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.Configuration;

/// 创建 `ApiClient` 实例: making a client.
public final class CreateApiClient {
  private CreateApiClient() {}

  /// A client that is not logged in yet.
  ///
  /// @param url `http://192.168.96.133/v2/api`
  public static ApiClient create(String url) {
    return ApiClient.of(Configuration.of(url));
  }

  public static void main(String[] args) {
    try (var client = create(Server.fromEnvironment().url())) {
      System.out.println(client.configuration().host());
    }
  }
}
