package io.belfry.cli;

import com.sun.net.httpserver.HttpServer;
import io.belfry.cli.shell.Surroundings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/// Runs usual commands against a stand-in for a server, so that the JVM learns which classes later
/// starts need.
final class Training {
  private static final String VM =
      "[{\"id\": \"v\", \"name\": \"web-1\", \"status\": \"RUNNING\", \"memory\": 1073741824,"
          + " \"cluster\": {\"id\": \"c\", \"name\": \"one\"}}]";
  private static final List<String> COMMANDS =
      List.of(
          "--help",
          "vm --help",
          "vm start --help",
          "vm list",
          "vm list -o json",
          "vm list -o csv",
          "vm list --where vcpu>4",
          "vm count",
          "vm strat",
          "context list",
          "api get-vms");

  private Training() {}

  static void run() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          var isCount = exchange.getRequestURI().getPath().endsWith("-connection");
          var answer =
              (isCount ? "{\"aggregate\": {\"count\": 1}}" : VM).getBytes(StandardCharsets.UTF_8);
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    var url = "http://127.0.0.1:" + server.getAddress().getPort();
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    var surroundings =
        new Surroundings(
            Map.of("BELFRY_URL", url, "BELFRY_TOKEN", "token", "XDG_CONFIG_HOME", "/nonexistent"),
            InputStream.nullInputStream(),
            nowhere,
            nowhere,
            new ProcessTerminal(nowhere),
            Clock.systemUTC());
    COMMANDS.forEach(command -> Cli.run(List.of(command.split(" ")), surroundings));
    server.stop(0);
  }
}
