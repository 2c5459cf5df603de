package io.belfry.examples.client;

import io.belfry.examples.Server;

/// 使用完成后销毁 ApiClient 实例: letting go of a client's connections and threads.
public final class CloseApiClient {
  private CloseApiClient() {}

  /// Uses a client and closes it, whatever happens in between.
  ///
  /// @return the name of the user who was logged in
  public static String useAndClose(Server server) {
    try (var client = server.connect()) {
      return LogIn.whoAmI(client);
    }
  }

  public static void main(String[] args) {
    System.out.println(useAndClose(Server.fromEnvironment()));
  }
}
