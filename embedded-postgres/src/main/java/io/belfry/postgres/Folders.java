package io.belfry.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Changes to whole folders.
final class Folders {
  private static final Duration COPY_LIMIT = Duration.ofMinutes(2);

  private Folders() {}

  /// Gives a finished folder its name, for good once this returns: entirely or, for anybody who
  /// looks later, not at all.
  ///
  /// @throws IOException if the name is taken, among others
  static void publish(Path unfinished, Path finished) throws IOException {
    Files.move(unfinished, finished, StandardCopyOption.ATOMIC_MOVE);
    forceOne(finished.resolveSibling("."));
  }

  /// Waits until a folder and all in it is on the disk, so that a power cut leaves nothing with its
  /// name and half its content. For what was copied or unpacked; PostgreSQL sees to its own files.
  static void force(Path folder) throws IOException {
    Files.walkFileTree(folder, new Forcing());
  }

  private static final class Forcing extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (attributes.isRegularFile()) {
        forceOne(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
        throws IOException {
      forceOne(folder);
      return super.postVisitDirectory(folder, e);
    }
  }

  private static void forceOne(Path fileOrFolder) throws IOException {
    try (var channel = FileChannel.open(fileOrFolder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /// Copies a folder and all in it, with permissions. By `cp`, as a Java that has just started
  /// takes three times as long for thousands of files.
  ///
  /// @param copy missing yet
  /// @param log what `cp` complains to
  static void copy(Path folder, Path copy, PostgresLog log) throws IOException {
    var command = new Command(List.of("cp", "-Rp", folder.toString(), copy.toString()));
    var code = command.run(log.output(), COPY_LIMIT);
    if (code != 0) {
      throw new IOException(
          "%s can't be copied: cp ended with code %s and wrote to %s:%n%s"
              .formatted(folder, code, log, log.tail()));
    }
  }

  /// Deletes a folder and all in it; nothing if it is missing. Others may do the same meanwhile.
  static void delete(Path folder) throws IOException {
    Files.walkFileTree(folder, new Deletion());
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (e instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw e;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
        throws IOException {
      if (e != null) {
        throw e;
      }
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
