package io.belfry.sdk;

import io.belfry.sdk.internal.JsonText;
import io.belfry.sdk.model.UserSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Logging in, in the guide's words. [ApiClient#login] does the same.
public final class Login {
  private static final Json STRATEGIES =
      Json.object("query", "{authnStrategies{id type}}", "variables", Json.object());

  private Login() {}

  /// Logs in a user that the server itself knows.
  ///
  /// @return a client that is logged in; the given one stays as it is
  public static ApiClient login(ApiClient client, String username, String password) {
    return login(client, username, password, UserSource.LOCAL);
  }

  /// Logs in.
  ///
  /// @param source where the user is known
  /// @return a client that is logged in; the given one stays as it is
  public static ApiClient login(
      ApiClient client, String username, String password, UserSource source) {
    return client.login(new Credentials.Password(username, password, source));
  }

  static String token(ApiClient client, Credentials credentials) {
    if (credentials instanceof Credentials.Token token) {
      return token.value();
    }
    var user = (Credentials.Password) credentials;
    var answer = client.call(Operation.json("login").open(), body(client, user));
    return answer.get("data").get("token").asText();
  }

  private static Json body(ApiClient client, Credentials.Password user) {
    var strategy =
        user.source().equals(UserSource.LDAP) ? ldapStrategy(client) : Optional.<String>empty();
    return strategy.isPresent()
        ? body(user, UserSource.AUTHN, "auth_config_id", strategy.get())
        : body(user, user.source());
  }

  private static Json body(Credentials.Password user, UserSource source, Object... more) {
    var body = new ArrayList<Object>();
    body.addAll(
        List.of("username", user.username(), "password", user.password(), "source", source));
    body.addAll(List.of(more));
    return Json.object(body.toArray());
  }

  /// The way to the directory, which newer servers want to be named. An older server doesn't know
  /// the question; it is told the source only.
  private static Optional<String> ldapStrategy(ApiClient client) {
    try {
      var response = client.ask("/api", STRATEGIES);
      try (var parser = JsonText.parser(response.body())) {
        parser.nextToken();
        return JsonText.read(parser).get("data").get("authnStrategies").elements().stream()
            .filter(each -> each.get("type").equals(Json.of("LDAP")))
            .map(each -> each.get("id").asText())
            .findFirst();
      }
    } catch (ApiException | IOException | IllegalStateException unknown) {
      return Optional.empty();
    }
  }
}
