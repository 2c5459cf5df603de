package io.belfry.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// One file of the repository.
///
/// @param name its path from the root, with `/` between folders
record RepositoryFile(Path root, String name) {

  Path path() {
    return root.resolve(name);
  }

  String text() {
    try {
      return Files.readString(path());
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  /// The folder it is in, `docs/adr`; empty at the root.
  String folder() {
    var slash = name.lastIndexOf('/');
    return slash < 0 ? "" : name.substring(0, slash);
  }

  /// Where lines are as they should not be: `docs/style.md:12: the line`.
  List<String> linesThat(Predicate<String> wrong) {
    var lines = Pattern.compile("\n").splitAsStream(text()).toList();
    return IntStream.range(0, lines.size())
        .filter(i -> wrong.test(lines.get(i)))
        .mapToObj(i -> name + ":" + (i + 1) + ": " + lines.get(i).strip())
        .toList();
  }
}
