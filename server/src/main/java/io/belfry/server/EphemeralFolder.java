package io.belfry.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// A data folder that goes with the server. There is none until it is asked for.
final class EphemeralFolder {
  private static final String PREFIX = "belfry-";

  private @Nullable Path folder;

  Path create() {
    return createIn(Path.of(System.getProperty("java.io.tmpdir")));
  }

  Path createIn(Path place) {
    try {
      var created = Files.createTempDirectory(place, PREFIX);
      folder = created;
      return created;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Deletes the folder with all that is in it, if it was ever created.
  void delete() {
    var created = folder;
    if (created == null) {
      return;
    }
    try {
      Files.walkFileTree(created, new Deletion());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e)
        throws IOException {
      if (e != null) {
        throw e;
      }
      Files.delete(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
