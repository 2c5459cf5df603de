package io.belfry.store.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;

/// Changes to folders that happen entirely or, for anybody who looks later, not at all.
final class Folders {
  private Folders() {}

  /// Gives a finished folder its name, for good once this returns.
  ///
  /// @throws IOException if the name is taken, among others
  static void publish(Path unfinished, Path finished) throws IOException {
    Files.move(unfinished, finished, StandardCopyOption.ATOMIC_MOVE);
    try (var parent = FileChannel.open(finished.resolveSibling("."), StandardOpenOption.READ)) {
      parent.force(true);
    }
  }

  /// Deletes a folder and all in it; nothing if it is missing.
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder()).forEach(Folders::deleteOne);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void deleteOne(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
