package io.belfry.examples.request;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.AlertApi;
import io.belfry.sdk.model.Alert;
import io.belfry.sdk.model.Cluster;
import java.util.List;

/// 通过设置请求的关键字参数: choosing the language of one answer.
///
/// The guide imports `AlertApi` from where it is not.
public final class SetHeaderForOneCall {
  private SetHeaderForOneCall() {}

  /// What a cluster's alerts say, in a language.
  ///
  /// @param language `en-US` or `zh-CN`
  public static List<String> alerts(ApiClient client, String language, String clusterId) {
    var alertApi = new AlertApi(client);
    return alertApi
        .with(o -> o.language(language))
        .getAlerts(q -> q.where(Alert.CLUSTER.has(Cluster.ID.is(clusterId))).first(100))
        .stream()
        .map(Alert::message)
        .toList();
  }

  public static void main(String[] args) throws Exception {
    Program.run(
        args,
        List.of("language", "cluster-id"),
        (client, given) -> alerts(client, given.get(0), given.get(1)));
  }
}
