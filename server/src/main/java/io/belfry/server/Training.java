package io.belfry.server;

import io.belfry.postgres.EphemeralFolder;
import io.belfry.server.config.UpCommand;
import io.belfry.server.observe.Logging;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine;

/// A short life of a server that keeps nothing: it starts, answers some requests and stops, so that
/// the JVM can prepare the classes of a real start (`-XX:AOTCacheOutput`).
final class Training {
  private static final List<String> OPTIONS =
      List.of("--ephemeral", "--port", "0", "--root-password", "training", "--speed", "instant");
  private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");

  private Training() {}

  static int run(Map<String, String> environment) {
    var ephemeral = new EphemeralFolder();
    try {
      var spec = UpCommand.spec(OPTIONS, Map.of());
      new CommandLine(spec).parseArgs(OPTIONS.toArray(String[]::new));
      var settings = UpCommand.settings(spec, ephemeral::create);
      Logging.configure(settings.log().format(), environment.containsKey("BELFRY_DEBUG"));
      try (var platform = Platform.start(settings);
          var client = HttpClient.newHttpClient()) {
        exercise(new Session(client, platform.port()));
      }
      return 0;
    } finally {
      ephemeral.delete();
    }
  }

  private static void exercise(Session session) {
    session.get("/");
    session.get("/readyz");
    var login = session.post("login", "{\"username\": \"root\", \"password\": \"training\"}", "");
    var token = TOKEN.matcher(login);
    if (!token.find()) {
      throw new IllegalStateException("no token in " + login);
    }
    session.post(
        "get-vms", "{\"where\": {\"name_contains\": \"a\"}, \"first\": 5}", token.group(1));
    session.post("get-vms-connection", "{}", token.group(1));
    session.post("start-vm", "{\"where\": {\"id\": \"none\"}}", token.group(1));
    session.post("get-tasks", "{\"orderBy\": \"local_created_at_DESC\"}", token.group(1));
  }

  private record Session(HttpClient client, int port) {
    void get(String path) {
      send(request(path).GET().build());
    }

    String post(String operation, String body, String token) {
      return send(
          request("/v2/api/" + operation)
              .header("Authorization", token)
              .POST(BodyPublishers.ofString(body))
              .build());
    }

    private HttpRequest.Builder request(String path) {
      return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private String send(HttpRequest request) {
      try {
        return client.send(request, BodyHandlers.ofString()).body();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }
}
