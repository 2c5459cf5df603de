package io.belfry.reliability.server;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One run of a server, from its start to its end, on this program's class path.
final class ServerProcess {
  private static final Pattern READY = Pattern.compile("Belfry is ready: (\\S+).*");
  private static final int SECONDS_TO_STOP = 60;
  private static final Path OURS = Path.of("target").toAbsolutePath();

  private final Process process;
  private final BufferedReader output;

  private ServerProcess(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  /// How servers of one harness are started, apart from their own options.
  record Program(List<String> command) {
    /// With its classes prepared, if that is possible.
    static Program prepared() throws IOException {
      var classPath = withoutOurOwn(System.getProperty("java.class.path"));
      var command = new ArrayList<String>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-XX:+UseSerialGC", "-Xmx512m", "-XX:TieredStopAtLevel=1"));
      command.addAll(List.of("-cp", classPath));
      command.addAll(1, PreparedClasses.options(command, classPath));
      return new Program(List.copyOf(command));
    }

    /// Folders of classes below `target` are this module's; a server has no use for them.
    private static String withoutOurOwn(String classPath) {
      return Stream.of(classPath.split(File.pathSeparator))
          .filter(element -> !isOurs(Path.of(element)))
          .collect(Collectors.joining(File.pathSeparator));
    }
  }

  private static boolean isOurs(Path element) {
    return element.startsWith(OURS) && Files.isDirectory(element);
  }

  /// Begins to start a server on a free port; [#awaitReady] waits for it.
  ///
  /// @param log where it writes what it has to say; appended to
  static ServerProcess spawn(Program program, Path log, List<String> options) throws IOException {
    var command = new ArrayList<>(program.command());
    command.addAll(List.of("io.belfry.server.Main", "up", "--port", "0"));
    command.addAll(options);
    var builder = new ProcessBuilder(command).redirectError(Redirect.appendTo(log.toFile()));
    return new ServerProcess(builder.start());
  }

  /// Waits until the server says that it is ready.
  ///
  /// @return where its API is
  /// @throws IOException if it ends before, or is not ready in time and therefore killed
  String awaitReady(Duration limit) throws IOException {
    var watchdog = Thread.ofVirtual().start(() -> killAfter(limit));
    try {
      return address();
    } finally {
      watchdog.interrupt();
    }
  }

  private void killAfter(Duration limit) {
    try {
      Thread.sleep(limit);
      process.destroyForcibly();
    } catch (InterruptedException _) {
      // it is ready, or has ended
    }
  }

  private String address() throws IOException {
    var said = new StringBuilder();
    for (var line = output.readLine(); line != null; line = output.readLine()) {
      var ready = READY.matcher(line);
      if (ready.matches()) {
        // a full pipe would stop the server
        Thread.ofVirtual().start(() -> output.lines().forEach(_ -> {}));
        return ready.group(1);
      }
      said.append(line).append('\n');
    }
    throw new IOException("the server ended before it was ready: " + said);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// `kill -9`, and its end.
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /// SIGTERM, and an orderly end.
  ///
  /// @return whether it ended in time; if not, it was killed
  boolean terminate() throws InterruptedException {
    process.destroy();
    if (process.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
      return true;
    }
    kill();
    return false;
  }

  /// SIGTERM, and `kill -9` if it has not ended by then.
  void terminate(Duration patience) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      kill();
    }
  }

  /// SIGSTOP: it does nothing until [#proceed], while time goes on.
  void pause() throws IOException, InterruptedException {
    signal("STOP");
  }

  /// SIGCONT.
  void proceed() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }
}
