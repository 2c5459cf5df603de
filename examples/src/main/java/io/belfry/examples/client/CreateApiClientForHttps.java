package io.belfry.examples.client;

import io.belfry.examples.Server;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.Configuration;
import java.nio.file.Path;

/// 如果需要使用 https，可以安装证书，或者忽略证书验证: making a client for a server with a certificate of its own.
public final class CreateApiClientForHttps {
  private CreateApiClientForHttps() {}

  /// Trusts the server's certificate, and no other.
  public static ApiClient trusting(String url, Path certificate) {
    return ApiClient.of(Configuration.builder(url).trustPem(certificate).build());
  }

  /// Trusts the server whose certificate has this SHA-256, and no other.
  public static ApiClient pinned(String url, String fingerprint) {
    return ApiClient.of(Configuration.builder(url).pinCertificate(fingerprint).build());
  }

  /// Trusts whoever answers: for trying out only.
  public static ApiClient trustingEverybody(String url) {
    return ApiClient.of(Configuration.builder(url).verifySsl(false).build());
  }

  public static void main(String[] args) {
    var server = Server.fromEnvironment();
    try (var client = LogIn.logIn(trustingEverybody(server.url()), server)) {
      System.out.println(LogIn.whoAmI(client));
    }
  }
}
