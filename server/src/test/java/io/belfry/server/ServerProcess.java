package io.belfry.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A server in a process of its own, as `./belfry up` starts one. Where its memory is not enough,
/// the process ends.
final class ServerProcess implements AutoCloseable {
  static final String PASSWORD = "correct-horse-battery";

  private static final Pattern PORT = Pattern.compile("Belfry is ready: https?://[^/]+:(\\d+)/");

  private final Process process;
  private final int port;
  private final Path log;

  private ServerProcess(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
  }

  /// Starts it and waits until it says that it is ready.
  ///
  /// @param javaOptions of the JVM
  /// @param options of `belfry up`
  static ServerProcess start(Path folder, List<String> javaOptions, List<String> options)
      throws IOException {
    var log = folder.resolve("server.log");
    var command = new ArrayList<String>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"));
    command.addAll(javaOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Main.class.getName(), "up", "--port", "0"));
    command.addAll(List.of("--data-dir", folder.toString()));
    command.addAll(options);
    var builder = new ProcessBuilder(command).redirectError(Redirect.appendTo(log.toFile()));
    builder.environment().put("BELFRY_ROOT_PASSWORD", PASSWORD);
    var process = builder.start();
    return new ServerProcess(process, port(process, log), log);
  }

  private static int port(Process process, Path log) throws IOException {
    var output = new BufferedReader(process.inputReader());
    for (var line = output.readLine(); line != null; line = output.readLine()) {
      var port = PORT.matcher(line);
      if (port.find()) {
        return Integer.parseInt(port.group(1));
      }
    }
    throw new IllegalStateException("the server ended before it was ready: " + text(log));
  }

  int port() {
    return port;
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /// What it has logged.
  String log() {
    return text(log);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Asks it to end, as a service manager would.
  ///
  /// @return its exit code
  int stop() throws InterruptedException {
    process.destroy();
    return process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
