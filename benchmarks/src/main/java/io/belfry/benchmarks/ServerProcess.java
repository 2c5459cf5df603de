package io.belfry.benchmarks;

import io.belfry.sdk.ApiClient;
import io.belfry.sdk.Configuration;
import io.belfry.sdk.Credentials;
import io.belfry.sdk.Json;
import io.belfry.sdk.api.UserApi;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/// A Belfry of its own process and data directory, with this program's class path.
final class ServerProcess implements AutoCloseable {
  static final String PASSWORD = "benchmark";

  private static final Pattern READY = Pattern.compile("Belfry is ready: (\\S+).*");

  private final Process process;
  private final String url;
  private final Duration untilReady;

  private ServerProcess(Process process, String url, Duration untilReady) {
    this.process = process;
    this.url = url;
    this.untilReady = untilReady;
  }

  /// Starts a server and waits until it is ready.
  static ServerProcess start(Path dataDirectory, String... options) throws IOException {
    var command = new ArrayList<>(List.of(java(), "-XX:+UseSerialGC", "-Xmx512m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("io.belfry.server.Main", "up", "--port", "0"));
    command.addAll(List.of("--data-dir", dataDirectory.toString()));
    command.addAll(List.of("--root-password", PASSWORD));
    command.addAll(List.of(options));
    var begun = System.nanoTime();
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = process.inputReader();
    var lines = new ArrayList<String>();
    for (var line = output.readLine(); line != null; line = output.readLine()) {
      lines.add(line);
      var ready = READY.matcher(line);
      if (ready.matches()) {
        var taken = Duration.ofNanos(System.nanoTime() - begun);
        Thread.ofVirtual().start(() -> drain(output));
        return new ServerProcess(process, ready.group(1), taken);
      }
    }
    throw new IOException("the server did not start:\n" + String.join("\n", lines));
  }

  /// A directory that is gone when this program ends.
  static Path temporaryDirectory() throws IOException {
    var directory = Files.createTempDirectory("belfry-benchmark");
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> delete(directory)));
    return directory;
  }

  private static void delete(Path directory) {
    try (var paths = Files.walk(directory)) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      System.err.println("left behind: " + directory + ": " + e.getMessage());
    }
  }

  String url() {
    return url;
  }

  Duration untilReady() {
    return untilReady;
  }

  /// A client that is logged in.
  ApiClient connect() {
    return ApiClient.connect(url, Credentials.local("root", PASSWORD));
  }

  /// A token for requests that go past the SDK.
  String token() {
    try (var client = ApiClient.of(Configuration.of(url))) {
      var answer = new UserApi(client).login(Json.object("username", "root", "password", PASSWORD));
      return answer.data().token();
    }
  }

  /// Stops the server as an operator would.
  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static void drain(BufferedReader output) {
    try {
      while (output.readLine() != null) {
        // a full pipe would stop the server
      }
    } catch (IOException e) {
      // the end
    }
  }
}
