package io.belfry.acceptance;

import io.belfry.postgres.TestPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// Belfry as people run it: a process of its own with a small data centre in a new data directory,
/// on a free port.
final class BelfryProcess implements AutoCloseable {
  static final String USER = "root";
  static final String PASSWORD = "of-the-acceptance-tests";

  private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s/]+:\\d+");
  private static final int SECONDS_TO_STOP = 30;

  private final Process process;
  private final String address;

  private BelfryProcess(Process process, String address) {
    this.process = process;
    this.address = address;
  }

  /// Starts one in which nothing takes time, and waits until it says that it is ready.
  ///
  /// @param options more of them, such as `--tls`
  static BelfryProcess start(Path dataDirectory, String... options) throws IOException {
    return start(dataDirectory, "instant", List.of(options));
  }

  /// Starts one with nothing said that can be left out.
  static BelfryProcess startPlain(Path dataDirectory) throws IOException {
    return start(dataDirectory, List.of(), Map.of());
  }

  /// Starts one in which things take a tenth of their time, to be seen half done.
  static BelfryProcess startBrisk(Path dataDirectory) throws IOException {
    return start(dataDirectory, "brisk", List.of());
  }

  /// The command that runs a program with the class path of these tests.
  static List<String> java(String program, String... arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(program);
    command.addAll(List.of(arguments));
    return command;
  }

  private static BelfryProcess start(Path dataDirectory, String speed, List<String> options)
      throws IOException {
    var all = new ArrayList<>(List.of("--simulate", "small", "--speed", speed));
    all.addAll(options);
    TestPostgres.bringProgramsTo(Files.createDirectories(dataDirectory));
    return start(dataDirectory, all, Map.of("BELFRY_ROOT_PASSWORD", PASSWORD));
  }

  private static BelfryProcess start(
      Path dataDirectory, List<String> options, Map<String, String> environment)
      throws IOException {
    var command = java("io.belfry.server.Main", "up", "--port", "0");
    command.addAll(List.of("--data-dir", dataDirectory.toString()));
    command.addAll(options);
    var log = Path.of("target", "belfry-" + dataDirectory.getFileName() + ".log");
    var builder = new ProcessBuilder(command).redirectError(log.toFile());
    builder.environment().putAll(environment);
    var process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    return new BelfryProcess(process, awaitAddress(process, log));
  }

  private static String awaitAddress(Process process, Path log) throws IOException {
    var said = new StringBuilder();
    var output = new BufferedReader(process.inputReader());
    for (var line = output.readLine(); line != null; line = output.readLine()) {
      var address = ADDRESS.matcher(line);
      if (address.find()) {
        Thread.ofVirtual().start(() -> output.lines().forEach(_ -> {}));
        return address.group();
      }
      said.append(line).append('\n');
    }
    throw new IllegalStateException(
        "Belfry ended before it was ready, see %s:%n%s".formatted(log.toAbsolutePath(), said));
  }

  /// Where it listens, `http://127.0.0.1:41234`.
  String address() {
    return address;
  }

  /// Where the API is.
  String url() {
    return address + "/v2/api";
  }

  /// Asks it to end, and waits until it has.
  @Override
  public void close() {
    process.destroy();
    process
        .onExit()
        .orTimeout(SECONDS_TO_STOP, TimeUnit.SECONDS)
        .whenComplete((_, late) -> {
          if (late != null) {
            process.destroyForcibly();
          }
        })
        .join();
  }
}
