package io.belfry.reliability.server;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A cache of the server's classes, which makes its starts about a second faster. It is trained
/// when it is missing or older than the class path. Without it all works the same.
final class PreparedClasses {
  private static final Path CACHE = Path.of("target", "server.aot").toAbsolutePath();
  private static final Path LOG = Path.of("target", "server-training.log");

  private PreparedClasses() {}

  /// Options with which a server starts that is started with this command otherwise.
  ///
  /// @param command the Java program and its options, the class path included
  /// @param classPath the cache only works for one that has nothing but archives
  static List<String> options(List<String> command, String classPath) throws IOException {
    var archives = List.of(classPath.split(File.pathSeparator)).stream().map(Path::of).toList();
    if (!archives.stream().allMatch(Files::isRegularFile)) {
      return List.of();
    }
    if (!isFresh(archives) && !train(command)) {
      return List.of();
    }
    return List.of("-XX:AOTCache=" + CACHE, "-Xlog:aot=off", "-Xlog:cds=off");
  }

  private static boolean isFresh(List<Path> archives) throws IOException {
    if (!Files.exists(CACHE)) {
      return false;
    }
    var made = Files.getLastModifiedTime(CACHE);
    for (var archive : archives) {
      if (Files.getLastModifiedTime(archive).compareTo(made) > 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean train(List<String> command) throws IOException {
    Files.deleteIfExists(CACHE);
    var training = new ArrayList<>(command);
    training.add(1, "-XX:AOTCacheOutput=" + CACHE);
    training.addAll(List.of("io.belfry.server.Main", "train"));
    var process =
        new ProcessBuilder(training)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(LOG.toFile()))
            .start();
    process.onExit().join();
    return process.exitValue() == 0 && Files.exists(CACHE);
  }
}
