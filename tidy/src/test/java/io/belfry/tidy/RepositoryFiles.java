package io.belfry.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The files of the repository, as git sees them.
final class RepositoryFiles {
  private static final Pattern BINARY = Pattern.compile(".*\\.(png|ico|p12|jar|gz|woff2)");
  private static final Pattern JAVA_SOURCE = Pattern.compile(".*/src/\\w+/java/.*\\.java");

  private final List<RepositoryFile> files;

  private RepositoryFiles(List<RepositoryFile> files) {
    this.files = List.copyOf(files);
  }

  /// The tracked files of the repository that this test runs in.
  static RepositoryFiles tracked() {
    return listed("--cached");
  }

  /// The tracked files, and new ones that are not ignored.
  static RepositoryFiles trackedAndNew() {
    return listed("--cached", "--others", "--exclude-standard");
  }

  private static RepositoryFiles listed(String... which) {
    var root = Path.of(git(Path.of(""), "rev-parse", "--show-toplevel").getFirst());
    var command = Stream.concat(Stream.of("ls-files", "-z"), Stream.of(which));
    var names = git(root, command.toArray(String[]::new));
    var files =
        names.stream()
            .distinct()
            .filter(name -> Files.isRegularFile(root.resolve(name)))
            .map(name -> new RepositoryFile(root, name))
            .toList();
    return new RepositoryFiles(files);
  }

  Stream<RepositoryFile> texts() {
    return files.stream().filter(file -> !BINARY.matcher(file.name()).matches());
  }

  /// Java that is compiled, other than golden files.
  Stream<RepositoryFile> javaSources() {
    return files.stream().filter(file -> JAVA_SOURCE.matcher(file.name()).matches());
  }

  Stream<RepositoryFile> named(String ending) {
    return files.stream().filter(file -> file.name().endsWith(ending));
  }

  /// What git prints, split at line ends and zero bytes.
  private static List<String> git(Path directory, String... arguments) {
    var command = new ArrayList<>(List.of("git", "-c", "safe.directory=*"));
    command.addAll(List.of(arguments));
    try {
      var process =
          new ProcessBuilder(command)
              .directory(directory.toAbsolutePath().toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(String.join(" ", command) + " failed; is this a clone?");
      }
      return Pattern.compile("[\n\0]").splitAsStream(output).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
