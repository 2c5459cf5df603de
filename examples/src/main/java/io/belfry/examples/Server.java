package io.belfry.examples;

import io.belfry.sdk.ApiClient;
import io.belfry.sdk.Credentials;

/// The server to talk to, and as whom.
///
/// @param url the API's address, `http://127.0.0.1:8080/v2/api`; its path may be left out
public record Server(String url, String user, String password) {
  private static final String API_PATH = "/v2/api";

  public Server {
    var bare = url.replaceAll("/+$", "");
    url = bare.endsWith(API_PATH) ? bare : bare + API_PATH;
  }

  /// The one that `BELFRY_URL`, `BELFRY_USER` and `BELFRY_PASSWORD` name.
  ///
  /// @throws IllegalArgumentException naming the variable that is not set
  public static Server fromEnvironment() {
    return new Server(required("BELFRY_URL"), required("BELFRY_USER"), required("BELFRY_PASSWORD"));
  }

  private static String required(String name) {
    var value = System.getenv(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(
          name
              + " is not set. Say which server and as whom: BELFRY_URL=http://127.0.0.1:8080/v2/api"
              + " BELFRY_USER=root BELFRY_PASSWORD=...");
    }
    return value;
  }

  public Credentials credentials() {
    return Credentials.local(user, password);
  }

  /// A client that is logged in.
  public ApiClient connect() {
    return ApiClient.connect(url, credentials());
  }

  /// Without the password.
  @Override
  public String toString() {
    return user + " at " + url;
  }
}
