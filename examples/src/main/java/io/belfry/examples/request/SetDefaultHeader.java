package io.belfry.examples.request;

import io.belfry.examples.Program;
import io.belfry.examples.Server;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.Configuration;
import io.belfry.sdk.api.AlertApi;
import io.belfry.sdk.model.Alert;
import io.belfry.sdk.model.Cluster;
import java.util.List;

/// 通过 `ApiClient` 的 `set_default_header` 方法: choosing the language of all answers.
///
/// The guide sets `content_language`; the header is `content-language`, and the SDK takes both.
public final class SetDefaultHeader {
  private SetDefaultHeader() {}

  /// What a cluster's alerts say, to a client that always asks in one language.
  ///
  /// @param language `en-US` or `zh-CN`
  public static List<String> alerts(Server server, String language, String clusterId) {
    var configuration =
        Configuration.builder(server.url()).defaultHeader("content_language", language).build();
    try (var client = ApiClient.connect(configuration, server.credentials())) {
      return new AlertApi(client)
          .getAlerts(q -> q.where(Alert.CLUSTER.has(Cluster.ID.is(clusterId))).first(100)).stream()
              .map(Alert::message)
              .toList();
    }
  }

  public static void main(String[] args) throws Exception {
    Program.run(
        args,
        List.of("language", "cluster-id"),
        (client, given) -> alerts(Server.fromEnvironment(), given.get(0), given.get(1)));
  }
}
