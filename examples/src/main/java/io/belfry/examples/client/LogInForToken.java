package io.belfry.examples.client;

import io.belfry.examples.Server;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.UserApi;
import io.belfry.sdk.model.LoginInput;
import io.belfry.sdk.model.UserSource;

/// 通过 `UserApi` 中的 login 方法来获得 token: getting a token, and using it.
public final class LogInForToken {
  private LogInForToken() {}

  /// A client that uses a token from now on. The token can be kept for the next time.
  public static ApiClient logIn(ApiClient client, Server server) {
    var answer =
        new UserApi(client)
            .login(
                LoginInput.builder()
                    .username(server.user())
                    .password(server.password())
                    .source(UserSource.LOCAL)
                    .build());
    return client.withToken(answer.data().token());
  }

  public static void main(String[] args) {
    var server = Server.fromEnvironment();
    try (var client = logIn(CreateApiClient.create(server.url()), server)) {
      System.out.println(LogIn.whoAmI(client));
    }
  }
}
