package io.belfry.reliability.server;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Caches of the server's classes, one for each command that starts it, which make its starts about
/// a second faster. One is trained when it is missing or older than the class path. Without it all
/// works the same.
final class PreparedClasses {
  private static final Path FOLDER = Path.of("target");

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
    var name = String.format(Locale.ROOT, "server-%08x.aot", command.hashCode());
    var cache = FOLDER.resolve(name).toAbsolutePath();
    if (!isFresh(cache, archives) && !train(command, cache)) {
      return List.of();
    }
    return List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off", "-Xlog:cds=off");
  }

  private static boolean isFresh(Path cache, List<Path> archives) throws IOException {
    if (!Files.exists(cache)) {
      return false;
    }
    var made = Files.getLastModifiedTime(cache);
    for (var archive : archives) {
      if (Files.getLastModifiedTime(archive).compareTo(made) > 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean train(List<String> command, Path cache) throws IOException {
    Files.deleteIfExists(cache);
    var training = new ArrayList<>(command);
    training.add(1, "-XX:AOTCacheOutput=" + cache);
    training.addAll(List.of("io.belfry.server.Main", "train"));
    var process =
        new ProcessBuilder(training)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(FOLDER.resolve("server-training.log").toFile()))
            .start();
    process.onExit().join();
    return process.exitValue() == 0 && Files.exists(cache);
  }
}
