package io.belfry.examples.client;

import io.belfry.examples.Server;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.Login;
import io.belfry.sdk.api.UserApi;

/// 鉴权: logging in with the method that the SDK brings along.
///
/// The guide makes `conf` and `api_client`, then goes on with `configuration` and `client`.
public final class LogIn {
  private LogIn() {}

  /// A client that is logged in; the given one stays as it is.
  public static ApiClient logIn(ApiClient client, Server server) {
    return Login.login(client, server.user(), server.password());
  }

  /// The name of the user who is logged in.
  public static String whoAmI(ApiClient client) {
    return new UserApi(client).getMyInfo().username();
  }

  public static void main(String[] args) {
    var server = Server.fromEnvironment();
    try (var client = logIn(CreateApiClient.create(server.url()), server)) {
      System.out.println(whoAmI(client));
    }
  }
}
